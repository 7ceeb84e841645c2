// Server-Sent Events out of a byte stream: EventSource itself cannot carry an Authorization header.

export interface ServerEvent {
  name: string;
  data: string;
}

/** Takes the text as it comes, in any pieces; calls `heard` for each whole event that carries data. */
export function eventParser(heard: (event: ServerEvent) => void): (piece: string) => void {
  let rest = "";
  let name = "";
  let data: string[] = [];
  const line = (text: string): void => {
    if (!text) {
      if (data.length) heard({ name: name || "message", data: data.join("\n") });
      name = "";
      data = [];
      return;
    }
    const [, field, value = ""] = /^([^:]*)(?:: ?([^]*))?$/.exec(text)!;
    if (field === "data") data.push(value);
    else if (field === "event") name = value;
  };
  return (piece) => {
    rest += piece;
    // A lone CR at the end may be the first half of CRLF: it waits for its other half.
    for (let end; (end = /\r\n|\n|\r(?!$)/.exec(rest)); rest = rest.slice(end.index + end[0].length)) {
      line(rest.slice(0, end.index));
    }
  };
}
