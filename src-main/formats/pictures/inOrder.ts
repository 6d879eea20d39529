/** Work that runs a few pieces at a time, and whose results are taken in order. */

const atOnce = 16;

/** Takes every result, in the order of the items, as soon as it and all before it are there. At most 16 are under way or wait to be taken.
 *  @throws the first error of `work`, when it is its turn, or of `take` */
export async function inOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>, take: (result: R, place: number) => void): Promise<void> {
  const underWay: Promise<R>[] = [];
  let next = 0;
  for (let place = 0; place < items.length; place++) {
    for (; next < items.length && next < place + atOnce; next++) {
      const started = work(items[next] as T); // next is below the length
      started.catch(() => undefined); // it is thrown when it is awaited below
      underWay.push(started);
    }
    const first = underWay.shift();
    if (first !== undefined) take(await first, place);
  }
  // After an error, what is still under way ends by itself.
}
