/** The hash by which Kafka's own clients spread keys, so that whoever else writes or looks for a key finds the same partition. */
export function murmur2(data: Buffer): number {
  const m = 0x5bd1e995;
  const whole = data.length & ~3;
  let hash = 0x9747b28c ^ data.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(data.readInt32LE(at), m);
    word = Math.imul(word ^ (word >>> 24), m);
    hash = Math.imul(hash, m) ^ word;
  }
  const left = data.length - whole;
  if (left >= 3) hash ^= (data[whole + 2] ?? 0) << 16;
  if (left >= 2) hash ^= (data[whole + 1] ?? 0) << 8;
  if (left >= 1) hash = Math.imul(hash ^ (data[whole] ?? 0), m);
  hash = Math.imul(hash ^ (hash >>> 13), m);
  return (hash ^ (hash >>> 15)) | 0;
}

export const kafkaPartitionOf = (key: string, partitions: number): number =>
  (murmur2(Buffer.from(key)) & 0x7fff_ffff) % partitions;
