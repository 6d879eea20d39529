/** What is used of lz4js, which brings no types. */
declare module 'lz4js' {
  /** Unpacks a frame of LZ4.  @param maxSize bytes that come out */
  export function decompress(frame: Uint8Array, maxSize: number): Uint8Array;
}
