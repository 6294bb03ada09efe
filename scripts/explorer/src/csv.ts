import type { Column } from "./titles";

/** Rows as the published CSV files have them: texts in quotes, null as nothing, line feeds (RFC 4180). */
export function csv<Row extends object>(columns: Column[], rows: Row[]): string {
  const head = columns.map((column) => quoted(column.name)).join(",");
  const lines = rows.map((row) => columns.map((column) => cell(row[column.name as keyof Row], column.type)).join(","));
  return [head, ...lines].map((line) => `${line}\n`).join("");
}

function cell(value: unknown, type: string): string {
  if (value === null) return "";
  return type === "string" ? quoted(String(value)) : String(value);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
