/**
 * Returns JSON whose keys are sorted, as cdktf 0.21 has it from json-stable-stringify, which keeps the text of every
 * value until all is written.
 */
export function stableJson(value: unknown): Buffer {
  const writer = new Writer();
  writer.add(inJson(value) ?? null, "\n");
  return writer.end();
}

/** Characters of text after which it becomes bytes. */
const ENOUGH = 2 ** 16;

class Writer {
  private text = "";
  private readonly written: Buffer[] = [];

  /** @param margin - a line break, and the indent of the line that the value begins on */
  add(value: unknown, margin: string): void {
    if (typeof value !== "object" || value === null) this.text += JSON.stringify(value);
    else if (Array.isArray(value)) this.addList(value, margin);
    else this.addMap(value as Readonly<Record<string, unknown>>, margin);
    if (this.text.length > ENOUGH) this.flush();
  }

  end(): Buffer {
    this.flush();
    return Buffer.concat(this.written);
  }

  private addList(list: readonly unknown[], margin: string): void {
    const inside = `${margin}  `;
    let before = "[";
    for (const item of list) {
      this.text += before + inside;
      this.add(inJson(item) ?? null, inside);
      before = ",";
    }
    this.text += list.length === 0 ? `[${margin}]` : `${margin}]`;
  }

  private addMap(map: Readonly<Record<string, unknown>>, margin: string): void {
    const inside = `${margin}  `;
    let before = "{";
    for (const name of Object.keys(map).sort()) {
      const value = inJson(map[name]);
      if (value === undefined) continue;
      this.text += `${before}${inside}${JSON.stringify(name)}: `;
      this.add(value, inside);
      before = ",";
    }
    this.text += before === "{" ? `{${margin}}` : `${margin}}`;
  }

  private flush(): void {
    this.written.push(Buffer.from(this.text));
    this.text = "";
  }
}

/** Returns what JSON has of a value; nothing of functions and symbols. */
function inJson(value: unknown): unknown {
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null || !("toJSON" in value)) return value;
  return typeof value.toJSON === "function" ? value.toJSON() : value;
}
