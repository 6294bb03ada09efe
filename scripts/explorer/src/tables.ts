import { decompress } from "fzstd";
import { parquetReadObjects } from "hyparquet";
import type { Document, Tables } from "./rows";

/** A file of the dataset cannot be read. */
export class FileError extends Error {
  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`${path}: ${reason}`);
  }
}

const compressors = {
  ZSTD: (input: Uint8Array, length: number): Uint8Array => decompress(input, new Uint8Array(length)),
};

const read = new Map<string, Promise<unknown>>();

/** The rows of a published table, in its order; the file is fetched once. */
export function table<Name extends keyof Tables>(name: Name): Promise<Tables[Name][]> {
  return once(name, () => rows<Tables[Name]>(`dataset/parquet/${name}.parquet`));
}

/** A document as it came, and whether its bytes have the published digest; null where the browser cannot tell. */
export interface Seed {
  text: string;
  verified: boolean | null;
}

/** The seed of a document; `null` where the folder does not hold it. */
export function seed(document: Document): Promise<Seed | null> {
  return once(document.seed_path, async () => {
    const bytes = await fetched(document.seed_path).catch(() => null);
    if (bytes === null) return null;
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    // Browsers compute digests on secure origins alone: https and this machine.
    const digest = globalThis.crypto.subtle ? await crypto.subtle.digest("SHA-256", bytes) : null;
    return { text, verified: digest && hexadecimal(digest) === document.sha256 };
  });
}

/** The version of the dataset; null where its descriptor states none, as of a conversion. */
export function version(): Promise<string | null> {
  return once("datapackage.json", async () => {
    const stated: unknown = await fetch("datapackage.json")
      .then((answer) => answer.json())
      .catch(() => null);
    return stated && typeof stated === "object" && "version" in stated ? String(stated.version) : null;
  });
}

function once<Value>(name: string, make: () => Promise<Value>): Promise<Value> {
  if (!read.has(name)) read.set(name, make());
  return read.get(name) as Promise<Value>;
}

async function rows<Row>(path: string): Promise<Row[]> {
  const file = await fetched(path);
  try {
    const found = await parquetReadObjects({ file, compressors });
    for (const row of found) for (const column in row) row[column] = plain(row[column]);
    return found as Row[];
  } catch (error) {
    throw new FileError(path, String(error));
  }
}

async function fetched(path: string): Promise<ArrayBuffer> {
  const answer = await fetch(path).catch((error: unknown) => {
    throw new FileError(path, String(error));
  });
  if (!answer.ok) throw new FileError(path, `${answer.status} ${answer.statusText}`);
  return answer.arrayBuffer();
}

/** Whole numbers of the tables are small, and its dates have no time. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return value ?? null;
}

function hexadecimal(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
