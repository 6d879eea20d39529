/** Data sets whose labels are boxes and outlines within pictures, not a class of each: recognised, and refused by what they are. */
import { LabError } from '../../contract/errors.ts';
import { plainFolder } from './imageLayout.ts';

const wayOut =
  'Only classes and numbers of whole pictures are learned here. Put the pictures (or what is cut out of them) into one folder a class, ' +
  'or add a labels.csv with the column file and a column for each label.';

/** @param path names the folder
 *  @param images paths of the pictures
 *  @param texts paths of .xml, .txt, .json and .yaml files beside them
 *  @param classes of the pictures, as their folders tell: where they tell several, boxes beside them do not matter
 *  @throws LabError when the pictures are those of a COCO, VOC or YOLO data set, or pairs of a picture and its mask */
export function refuseAnnotated(path: string, images: readonly string[], texts: readonly string[], classes: readonly (string | null)[]): void {
  const names = new Set(classes.filter((name) => name !== null && !plainFolder.test(name)));
  const kind = vocOrMasks(images) ?? (names.size > 1 ? null : boxesKind(images, texts));
  if (kind !== null) throw new LabError('bad-input', `${path} is ${kind}; it has no class for each picture. ${wayOut}`);
}

function vocOrMasks(images: readonly string[]): string | null {
  if (images.some((image) => /(^|\/)JPEGImages\//i.test(image))) return 'a Pascal VOC data set (boxes or masks of the pictures in JPEGImages)';
  const masks = maskFolder(images);
  return masks === null ? null : `a set of pictures with masks (in ${masks}) for segmentation`;
}

function boxesKind(images: readonly string[], texts: readonly string[]): string | null {
  const coco = texts.find((text) =>
    /(^|\/)(annotations?\/[^/]*\.json|_?annotations?(\.coco)?\.json|(instances|captions|person_keypoints|panoptic|stuff)_[^/]*\.json)$/i.test(text),
  );
  if (coco !== undefined) return `a COCO data set (annotations in ${coco})`;
  if (isMostlyNamed(images, texts, /\.xml$/i)) return 'a Pascal VOC data set (annotations as XML of boxes)';
  const isYolo = texts.some((text) => /(^|\/)(data|dataset)\.ya?ml$/i.test(text)) && texts.some((text) => /(^|\/)labels\//i.test(text));
  return isYolo || isMostlyNamed(images, texts, /\.txt$/i) ? 'a YOLO data set (a text file of boxes for each picture)' : null;
}

/** Whether most pictures have a text of their own name: beside them, or in a folder called labels or Annotations in place of images. */
function isMostlyNamed(images: readonly string[], texts: readonly string[], ending: RegExp): boolean {
  const stems = new Set(texts.filter((text) => ending.test(text)).map(stemOf));
  if (stems.size < 1 || images.length === 0) return false;
  return images.filter((image) => stems.has(stemOf(image))).length > images.length / 2;
}

/** A folder of masks: its pictures are called like those of a folder beside it. */
function maskFolder(images: readonly string[]): string | null {
  const found = images.map(maskPiece);
  const masks = images.filter((_, i) => found[i] !== null);
  if (masks.length === 0 || masks.length === images.length) return null;
  const pictures = images.filter((_, i) => found[i] === null);
  const isSure = found.some((piece) => piece !== null && /mask|trimap|segment/i.test(piece));
  if (!isSure && !pictures.every((image) => image.split('/').some((piece) => plainFolder.test(piece)))) return null; // classes may be called so
  const stems = new Set(pictures.map(stemOf));
  const named = masks.filter((mask) => stems.has(stemOf(mask)) || stems.has(stemOf(mask).replace(/[_-](mask|seg|gt|label)$/i, '')));
  return named.length > masks.length / 2 ? (found.find((piece) => piece !== null) ?? null) : null;
}

function maskPiece(image: string): string | null {
  const word = /^(.*_)?(masks?|trimaps?|segmentations?|segmentation_?(class|object)|ground_?truth|gt|labels|annotations?|seg_?maps?)$/i;
  return (
    image
      .split('/')
      .slice(0, -1)
      .find((piece) => word.test(piece)) ?? null
  );
}

/** The name without folders and ending. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}
