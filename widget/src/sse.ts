// Server-Sent Events out of a byte stream: EventSource itself cannot carry an Authorization header.

/** Takes the text as it comes, in any pieces; calls `heard` for each whole event that carries data. */
export function eventParser(heard: (name: string, data: string) => void): (piece: string) => void {
  let rest = "";
  let name = "";
  let data: string[] = [];
  const line = (text: string): void => {
    const [, field, value = ""] = /^([^:]*):? ?([^]*)$/.exec(text)!;
    if (field === "data") data.push(value);
    else if (field === "event") name = value;
    else if (!text) {
      if (data.length) heard(name, data.join("\n"));
      name = "";
      data = [];
    }
  };
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/); // a CR at the very end may be the first half of CRLF
    rest = lines.pop()!;
    lines.forEach(line);
  };
}
