/** Builds a TensorFlow graph node by node. Knows TensorFlow's messages and nothing of training. */
import { createRequire } from 'node:module';
import type { Binding, OpAttribute } from '../backend.ts';

const require = createRequire(import.meta.url);

/** The protobuf classes that tfjs-node carries (dist/proto/api_pb.js), as far as they are used here. */
interface Message {
  serializeBinary(): Uint8Array;
}
interface AttrValue extends Message {
  setType(value: number): void;
  setShape(value: TensorShape): void;
  setS(base64: string): void;
  setB(value: boolean): void;
  setI(value: number): void;
  setF(value: number): void;
  setTensor(value: TensorProto): void;
  setList(value: ListValue): void;
}
interface ListValue extends Message {
  setIList(values: number[]): void;
  setFList(values: number[]): void;
  setTypeList(values: number[]): void;
}
interface TensorShape extends Message {
  addDim(dim: Message): void;
}
interface TensorProto extends Message {
  setDtype(value: number): void;
  setTensorShape(value: TensorShape): void;
  setTensorContent(base64: string): void;
}
interface NodeDef extends Message {
  setName(name: string): void;
  setOp(op: string): void;
  addInput(input: string): void;
  getAttrMap(): Map<string, AttrValue>;
}
interface Proto {
  readonly AttrValue: (new () => AttrValue) & { readonly ListValue: new () => ListValue };
  readonly TensorShape: (new () => TensorShape) & { readonly Dim: new () => Message & { setSize(size: number): void } };
  readonly Tensor: new () => TensorProto;
  readonly NodeDef: new () => NodeDef;
  readonly GraphDef: new () => Message & { addNode(node: NodeDef): void; setVersions(version: Message): void };
  readonly VersionDef: new () => Message & { setProducer(version: number): void; setMinConsumer(version: number): void };
  readonly MetaGraphDef: (new () => Message & { setMetaInfoDef(info: Message): void; setGraphDef(graph: Message): void }) & {
    readonly MetaInfoDef: new () => Message & { addTags(tag: string): void };
  };
  readonly SavedModel: new () => Message & { setSavedModelSchemaVersion(version: number): void; addMetaGraphs(graph: Message): void };
}

/** Data types of TensorFlow (types.proto). */
export const dataType = { float: 1, int32: 3, string: 7, int64: 9, bool: 10, resource: 20 } as const;

/** By which a session finds the graph in a saved model. */
export const modelTag = 'auxlab';

/** A node's output: 'name:0', or '^name' for a control dependency. */
export type Ref = string;

/** The graph format version of TensorFlow 2.9 and later (versions.h: TF_GRAPH_DEF_VERSION, from 2022 on). */
const graphVersion = { producer: 1286, minConsumer: 12 };

export type Attribute = (proto: Proto) => AttrValue;

export class GraphBuilder {
  readonly #proto = require('@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js') as Proto;
  readonly #nodes: NodeDef[] = [];
  readonly #constants = new Map<string, Ref>();
  #counter = 0;

  /** Adds a node and answers its name; inputs in order, control dependencies ('^name') after them. */
  node(op: string, inputs: readonly Ref[], attributes: Readonly<Record<string, Attribute>>, name = `${op}_${this.#counter++}`): string {
    const node = new this.#proto.NodeDef();
    node.setName(name);
    node.setOp(op);
    for (const input of inputs) node.addInput(input);
    for (const [key, attribute] of Object.entries(attributes)) node.getAttrMap().set(key, attribute(this.#proto));
    this.#nodes.push(node);
    return name;
  }

  /** A constant; equal small constants share one node. */
  constant(values: Float32Array | Int32Array | Uint8Array | BigInt64Array, shape: readonly number[], dtype: number): Ref {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const content = bytes.toString('base64');
    const key = bytes.byteLength <= 64 ? `${dtype}|${shape.join(',')}|${content}` : null;
    const known = key === null ? undefined : this.#constants.get(key);
    if (known !== undefined) return known;
    const ref = `${this.node('Const', [], { dtype: attr.type(dtype), value: attr.tensor(content, shape, dtype) })}:0`;
    if (key !== null) this.#constants.set(key, ref);
    return ref;
  }

  float(value: number): Ref {
    return this.constant(Float32Array.of(value), [], dataType.float);
  }

  /** The graph as the bytes of a saved model. */
  bytes(): Uint8Array {
    const graph = new this.#proto.GraphDef();
    for (const node of this.#nodes) graph.addNode(node);
    const version = new this.#proto.VersionDef();
    version.setProducer(graphVersion.producer);
    version.setMinConsumer(graphVersion.minConsumer);
    graph.setVersions(version);
    const info = new this.#proto.MetaGraphDef.MetaInfoDef();
    info.addTags(modelTag);
    const meta = new this.#proto.MetaGraphDef();
    meta.setMetaInfoDef(info);
    meta.setGraphDef(graph);
    const model = new this.#proto.SavedModel();
    model.setSavedModelSchemaVersion(1);
    model.addMetaGraphs(meta);
    return model.serializeBinary();
  }
}

/** Attribute values by kind. */
export const attr = {
  type: (dtype: number): Attribute => make((value) => value.setType(dtype)),
  bool: (flag: boolean): Attribute => make((value) => value.setB(flag)),
  int: (number: number): Attribute => make((value) => value.setI(number)),
  number: (number: number): Attribute => make((value) => value.setF(number)),
  text: (text: string): Attribute => make((value) => value.setS(Buffer.from(text).toString('base64'))),
  shape: (shape: readonly number[]): Attribute => make((value, proto) => value.setShape(shapeOf(proto, shape))),
  tensor: (base64: string, shape: readonly number[], dtype: number): Attribute =>
    make((value, proto) => {
      const tensor = new proto.Tensor();
      tensor.setDtype(dtype);
      tensor.setTensorShape(shapeOf(proto, shape));
      tensor.setTensorContent(base64);
      value.setTensor(tensor);
    }),
  /** An attribute as a tfjs kernel handed it to the binding. */
  of: (given: OpAttribute, binding: Binding): Attribute =>
    make((value, proto) => {
      const { type, value: content, name } = given;
      if (Array.isArray(content)) {
        const list = new proto.AttrValue.ListValue();
        if (type === binding.TF_ATTR_INT) list.setIList(content.map(Number));
        else if (type === binding.TF_ATTR_FLOAT) list.setFList(content.map(Number));
        else if (type === binding.TF_ATTR_TYPE) list.setTypeList(content.map(Number));
        else if (type === binding.TF_ATTR_SHAPE) value.setShape(shapeOf(proto, content.map(Number)));
        else throw new Error(`The list attribute ${name} has a type that a captured graph does not know.`);
        if (type !== binding.TF_ATTR_SHAPE) value.setList(list);
      } else if (type === binding.TF_ATTR_INT) value.setI(Number(content));
      else if (type === binding.TF_ATTR_FLOAT) value.setF(Number(content));
      else if (type === binding.TF_ATTR_BOOL) value.setB(Boolean(content));
      else if (type === binding.TF_ATTR_TYPE) value.setType(Number(content));
      else if (type === binding.TF_ATTR_STRING) value.setS(Buffer.from(String(content)).toString('base64'));
      else throw new Error(`The attribute ${name} has a type that a captured graph does not know.`);
    }),
};

function make(fill: (value: AttrValue, proto: Proto) => void): Attribute {
  return (proto) => {
    const value = new proto.AttrValue();
    fill(value, proto);
    return value;
  };
}

function shapeOf(proto: Proto, shape: readonly number[]): TensorShape {
  const message = new proto.TensorShape();
  for (const length of shape) {
    const dim = new proto.TensorShape.Dim();
    dim.setSize(length);
    message.addDim(dim);
  }
  return message;
}
