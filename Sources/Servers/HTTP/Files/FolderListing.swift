import Net
import Wire

/// A page about a folder: for browsers in HTML, light or dark as the reader has it, for others in plain lines.
struct FolderListing {
  struct Entry {
    let name: [UInt8]
    let isFolder: Bool
    let size: Int
    let modified: Timestamp

    init(_ name: [UInt8], _ isFolder: Bool, _ size: Int, _ modified: Timestamp) {
      self.name = name
      self.isFolder = isFolder
      self.size = size
      self.modified = modified
    }

    /// The name for people, what is no text in it escaped.
    var shown: String { SafeText.escaping(name, .singleLine) + (isFolder ? "/" : "") }
    var link: String { "./" + PercentEncoding.encode(name) + (isFolder ? "/" : "") }
    var shownSize: String { isFolder ? "" : ByteSize(bytes: Int64(size)).approximate }
    var shownTime: String {
      let text = Timestamp(secondsSince1970: modified.secondsSince1970)?.description ?? ""
      return String(text.prefix(16).map { $0 == "T" ? " " : $0 })
    }
  }

  /// More entries than this are counted as "more".
  static let limit = 10_000

  private let folders: [[UInt8]]
  private let entries: [Entry]
  private let hasMore: Bool

  /// - Parameter folders: the names on the way from the root, none for the root itself.
  init(_ folders: [[UInt8]], _ entries: [Entry], hasMore: Bool) {
    self.folders = folders
    let sorted = entries.map { entry in (entry.isFolder ? 0 : 1, entry.shown.lowercased(), entry) }
    self.entries = sorted.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    self.hasMore = hasMore
  }

  func response(to request: HTTPRequestHead) -> ServedResponse {
    let wantsHTML = request.headers.list("Accept").contains { member in
      let type = member.prefix { $0 != ";" }
      return ASCII.same(String(type).trimmingBlanks, "text/html") && !member.hasSuffix("q=0")
    }
    var response = ServedResponse.text("")
    response.head.headers.append("Vary", "Accept")
    response.head.headers.append("Cache-Control", "no-cache")
    response.body = .bytes(Array((wantsHTML ? html : plain).utf8))
    guard wantsHTML else { return response }
    response.head.headers.set("Content-Type", "text/html; charset=utf-8")
    response.head.headers.append(
      "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")
    return response
  }

  private var path: String { "/" + folders.map { SafeText.escaping($0, .singleLine) + "/" }.joined() }

  /// A line an entry: time, size, name.
  private var plain: String {
    let lines = entries.map { entry in
      let size = entry.isFolder ? "-" : entry.shownSize
      return "\(entry.shownTime)  \(String(repeating: " ", count: max(0, 9 - size.count)))\(size)  \(entry.shown)\n"
    }
    return lines.joined() + (hasMore ? "… and more\n" : "")
  }

  private var html: String {
    var crumbs = "<a href=\"/\">/</a>"
    var place = "/"
    for folder in folders {
      place += PercentEncoding.encode(folder) + "/"
      crumbs += "<a href=\"\(place)\">\(HTMLEscaping.escape(SafeText.escaping(folder, .singleLine)))</a>/"
    }
    let empty = "<td class=\"s\"></td><td class=\"t\"></td>"
    let up = folders.isEmpty ? "" : "<tr><td class=\"n\"><a href=\"../\">../</a></td>\(empty)</tr>\n"
    let rows = entries.map { entry in
      let kind = entry.isFolder ? " f" : ""
      return "<tr><td class=\"n\(kind)\"><a href=\"\(entry.link)\">\(HTMLEscaping.escape(entry.shown))</a></td>"
        + "<td class=\"s\">\(entry.shownSize)</td><td class=\"t\">\(entry.shownTime)</td></tr>\n"
    }
    let count = "\(counted(entries.count, "entry"))\(hasMore ? ", and more" : "")"
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <title>\(HTMLEscaping.escape(path))</title>
      <style>\(FolderListing.style)</style>
      </head>
      <body>
      <h1>\(crumbs)</h1>
      <table>
      <thead><tr><th>name</th><th class="s">size</th><th class="t">changed (UTC)</th></tr></thead>
      <tbody>
      \(up)\(rows.joined())</tbody>
      </table>
      <p>\(count)</p>
      </body>
      </html>

      """
  }

  private static let style = """
    :root { color-scheme: light dark; --text: #1c1e21; --dim: #5b6470; --back: #ffffff; --line: #e3e6ea; --link: #0b57b0; --over: #f3f6fa }
    @media (prefers-color-scheme: dark) {
      :root { --text: #e4e6ea; --dim: #9aa4b1; --back: #16181c; --line: #2c3037; --link: #8ab8ff; --over: #1f2329 }
    }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
    h1 { font-size: 1.3rem; font-weight: 600; overflow-wrap: anywhere }
    a { color: var(--link); text-decoration: none }
    a:hover, a:focus-visible { text-decoration: underline }
    table { border-collapse: collapse; width: 100% }
    th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line) }
    th { font-weight: 500; color: var(--dim); font-size: .85rem }
    tbody tr:hover { background: var(--over) }
    .n { overflow-wrap: anywhere }
    .f { font-weight: 600 }
    .s, .t { text-align: right; white-space: nowrap; color: var(--dim); font-variant-numeric: tabular-nums }
    p { color: var(--dim); font-size: .85rem }
    @media (max-width: 36rem) { .t { display: none } }
    """
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(decoding: ASCII.trimmed(Array(utf8)[...]), as: UTF8.self)
  }
}
