/** A process that turns a large experiment into a document: report, list of sections, export or bundle. Opens the store by itself. Wiring only. */
import * as v from 'valibot';
import { openStore } from '../../store/store.ts';
import { answerParent } from '../process/answerParent.ts';
import { documentTasks, writeDocument } from './documents.ts';

const Order = v.object({ file: v.string(), id: v.string(), task: v.picklist(documentTasks), version: v.string(), notes: v.optional(v.string()) });

answerParent(async (order) => {
  const { file, ...wanted } = v.parse(Order, order);
  const store = openStore(file);
  try {
    return writeDocument(store, wanted);
  } finally {
    store.close();
  }
});
