/// What a server answers that does not keep to HTTP, and what the shell has to say of it.
struct Misbehavior: Sendable {
  let name: String
  /// What is sent, a byte for each scalar.
  let reply: String
  /// What comes behind that without an end, if anything.
  let endless: String
  let code: String
  /// Where the shell has to see the fault; nil where it is no place.
  let offset: Int?

  /// - Parameter reply: `¦` marks the byte at which the fault is, and is not sent.
  init(_ name: String, _ reply: String, endless: String = "", _ code: String) {
    self.name = name
    let scalars = Array(reply.unicodeScalars)
    offset = scalars.firstIndex(of: "¦")
    self.reply = String(String.UnicodeScalarView(scalars.filter { $0 != "¦" }))
    self.endless = endless
    self.code = code
  }

  private static let ok = "HTTP/1.1 200 OK\r\n"
  private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

  static let all = startLines + fields + lengths + chunks + limits

  /// The start line, and other protocols (RFC 9112 §4).
  static let startLines = [
    Misbehavior("nothing", "¦", "eof"),
    Misbehavior("ssh", "¦SSH-2.0-OpenSSH_9.2\r\n", "http-not-http"),
    Misbehavior("smtp", "¦220 mail.test ESMTP\r\n", "http-not-http"),
    Misbehavior("html", "¦<html>\r\n", "http-not-http"),
    Misbehavior("tls-alert", "¦\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}\u{46}", "http-not-http"),
    Misbehavior("lower-case", "¦http/1.1 200 OK\r\n\r\n", "http-not-http"),
    Misbehavior("cut-in-name", "HTT¦", "eof"),
    Misbehavior("http2", "¦HTTP/2 200\r\n\r\n", "http-bad-status-line"),
    Misbehavior("version-3", "HTTP/¦3.0 200 OK\r\n\r\n", "http-version-unsupported"),
    Misbehavior("letters-in-status", "HTTP/1.1 ¦2x0 OK\r\n\r\n", "http-bad-status-line"),
    Misbehavior("status-of-four", "HTTP/1.1 200¦0 OK\r\n\r\n", "http-bad-status-line"),
    Misbehavior("status-below-100", "HTTP/1.1 ¦099 OK\r\n\r\n", "http-bad-status-line"),
    Misbehavior("negative-status", "HTTP/1.1 ¦-20 OK\r\n\r\n", "http-bad-status-line"),
    Misbehavior("tab-for-space", "HTTP/1.1¦\t200 OK\r\n\r\n", "http-bad-status-line"),
    Misbehavior("nul-in-reason", "HTTP/1.1 200 O¦\u{0}K\r\n\r\n", "http-control-character"),
    Misbehavior("cr-in-reason", "HTTP/1.1 200 O¦\rK\r\n\r\n", "http-bare-cr"),
  ]

  /// Field lines (RFC 9112 §2.2, §5).
  static let fields = [
    Misbehavior("nul-in-value", ok + "X: a¦\u{0}b\r\n\r\n", "http-control-character"),
    Misbehavior("nul-in-name", ok + "X¦\u{0}: a\r\n\r\n", "http-control-character"),
    Misbehavior("escape-in-value", ok + "X: ¦\u{1B}[2J\r\n\r\n", "http-control-character"),
    Misbehavior("bare-cr-in-value", ok + "X: a¦\rSet-Cookie: b\r\n\r\n", "http-bare-cr"),
    Misbehavior("no-colon", ok + "¦Nonsense\r\n\r\n", "http-bad-field"),
    Misbehavior("empty-name", ok + "¦: value\r\n\r\n", "http-bad-field"),
    Misbehavior("quote-in-name", ok + "X¦\"Y: a\r\n\r\n", "http-bad-field"),
    Misbehavior("space-in-name", ok + "X¦ Y: a\r\n\r\n", "http-bad-field"),
    Misbehavior("umlaut-in-name", ok + "X¦\u{FC}: a\r\n\r\n", "http-bad-field"),
    Misbehavior("space-before-colon", ok + "Content-Length¦ : 5\r\n\r\nhello", "http-space-before-colon"),
    Misbehavior("tab-before-colon", ok + "Transfer-Encoding¦\t: chunked\r\n\r\n0\r\n\r\n", "http-space-before-colon"),
    Misbehavior("space-before-first", ok + "¦ X: a\r\n\r\n", "http-space-before-field"),
    Misbehavior("fold-before-first", ok + "¦\tfolded\r\nX: a\r\n\r\n", "http-space-before-field"),
    Misbehavior("cut-in-field", ok + "Content-Ty¦", "eof"),
    Misbehavior("cut-before-end", ok + "Content-Type: text/plain\r\n¦", "eof"),
  ]

  /// What says how long the body is (RFC 9112 §6).
  static let lengths = [
    Misbehavior("negative-length", ok + "¦Content-Length: -1\r\n\r\n", "http-bad-content-length"),
    Misbehavior("plus-length", ok + "¦Content-Length: +5\r\n\r\nhello", "http-bad-content-length"),
    Misbehavior("hex-length", ok + "¦Content-Length: 0x5\r\n\r\nhello", "http-bad-content-length"),
    Misbehavior("empty-length", ok + "¦Content-Length:\r\n\r\nhello", "http-bad-content-length"),
    Misbehavior("length-of-words", ok + "¦Content-Length: five\r\n\r\nhello", "http-bad-content-length"),
    Misbehavior("fraction", ok + "¦Content-Length: 5.0\r\n\r\nhello", "http-bad-content-length"),
    Misbehavior("space-in-length", ok + "¦Content-Length: 1 2\r\n\r\nhello", "http-bad-content-length"),
    Misbehavior("overflow-64", ok + "¦Content-Length: 9223372036854775808\r\n\r\n", "http-bad-content-length"),
    Misbehavior(
      "overflow-wraps-to-5", ok + "¦Content-Length: 18446744073709551621\r\n\r\nhello", "http-bad-content-length"),
    Misbehavior("list-with-gap", ok + "¦Content-Length: 5,,5\r\n\r\nhello", "http-bad-content-length"),
    Misbehavior(
      "lengths-differ", ok + "Content-Length: 5\r\n¦Content-Length: 6\r\n\r\nhello", "http-content-lengths-differ"),
    Misbehavior("list-differs", ok + "¦Content-Length: 5, 6\r\n\r\nhello", "http-content-lengths-differ"),
    Misbehavior(
      "length-and-chunked", ok + "Content-Length: 5\r\n¦Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "http-length-and-chunked"),
    Misbehavior(
      "chunked-and-length", ok + "Transfer-Encoding: chunked\r\n¦Content-Length: 5\r\n\r\nhello",
      "http-length-and-chunked"),
    Misbehavior(
      "xchunked-and-length", ok + "Transfer-Encoding: xchunked\r\n¦Content-Length: 5\r\n\r\nhello",
      "http-length-and-chunked"),
    Misbehavior("chunked-twice", ok + "¦Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "http-chunked-twice"),
    Misbehavior(
      "chunked-on-two-lines", ok + "Transfer-Encoding: chunked\r\n¦Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
      "http-chunked-twice"),
    Misbehavior(
      "chunked-in-http10", "HTTP/1.0 200 OK\r\n¦Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "http-chunked-in-http10"),
    Misbehavior("short-body", ok + "Content-Length: 100\r\n\r\nonly this¦", "http-body-truncated"),
    Misbehavior("largest-length", ok + "Content-Length: 9223372036854775807\r\n\r\nx¦", "http-body-truncated"),
    Misbehavior("no-body-at-all", ok + "Content-Length: 1\r\n\r\n¦", "http-body-truncated"),
  ]

  /// Chunks (RFC 9112 §7.1).
  static let chunks = [
    Misbehavior("size-of-letters", chunked + "¦zz\r\n", "http-bad-chunk-size"),
    Misbehavior("negative-size", chunked + "¦-5\r\nhello\r\n0\r\n\r\n", "http-bad-chunk-size"),
    Misbehavior("0x-size", chunked + "0¦x5\r\nhello\r\n0\r\n\r\n", "http-bad-chunk-size"),
    Misbehavior("empty-size", chunked + "¦\r\nhello", "http-bad-chunk-size"),
    Misbehavior("space-before-size", chunked + "¦ 5\r\nhello\r\n0\r\n\r\n", "http-bad-chunk-size"),
    Misbehavior("underscore-in-size", chunked + "1¦_0\r\n", "http-bad-chunk-size"),
    Misbehavior("size-overflows", chunked + "fffffffffffffff¦f\r\nx", "http-chunk-too-large"),
    Misbehavior("size-wraps-to-5", chunked + "1000000000000000¦5\r\nhello\r\n0\r\n\r\n", "http-chunk-too-large"),
    Misbehavior("lf-behind-size", chunked + "5¦\nhello\r\n0\r\n\r\n", "http-bad-chunk-line"),
    Misbehavior("cr-in-size-line", chunked + "5¦\r;x\r\nhello\r\n0\r\n\r\n", "http-bare-cr"),
    Misbehavior("nul-in-extension", chunked + "5;a=¦\u{0}\r\nhello\r\n0\r\n\r\n", "http-control-character"),
    Misbehavior("extension-without-name", chunked + "5;¦\r\nhello\r\n0\r\n\r\n", "http-bad-chunk-extension"),
    Misbehavior("open-quote", chunked + "5;a=\"b¦\r\nhello\r\n0\r\n\r\n", "http-bad-chunk-extension"),
    Misbehavior("word-behind-size", chunked + "5 ¦x\r\nhello\r\n0\r\n\r\n", "http-bad-chunk-extension"),
    Misbehavior("data-too-long", chunked + "5\r\nhello¦!\r\n0\r\n\r\n", "http-bad-chunk-end"),
    Misbehavior("lf-behind-data", chunked + "5\r\nhello¦\n0\r\n\r\n", "http-bad-chunk-end"),
    Misbehavior("nothing-behind-data", chunked + "5\r\nhello¦0\r\n\r\n", "http-bad-chunk-end"),
    Misbehavior("cut-in-size", chunked + "5¦", "http-body-truncated"),
    Misbehavior("cut-in-chunk", chunked + "5\r\nhel¦", "http-body-truncated"),
    Misbehavior("cut-before-last", chunked + "5\r\nhello\r\n¦", "http-body-truncated"),
    Misbehavior("cut-in-last", chunked + "5\r\nhello\r\n0\r\n¦", "http-body-truncated"),
    Misbehavior("trailer-without-colon", chunked + "0\r\n¦Nonsense\r\n\r\n", "http-bad-field"),
    Misbehavior("space-in-trailer", chunked + "0\r\nX¦ : y\r\n\r\n", "http-space-before-colon"),
  ]

  /// What has no end: each stops at a limit of the reader's (`HTTPLimits`).
  static let limits = [
    Misbehavior("endless-line", ok + "X: ", endless: "x", "http-header-too-large"),
    Misbehavior("endless-fields", ok, endless: "X-More: and more\r\n", "http-header-too-large"),
    Misbehavior("endless-reason", "HTTP/1.1 200 ", endless: "OK ", "http-header-too-large"),
    Misbehavior("endless-folds", ok + "X: a\r\n", endless: " folded\r\n", "http-header-too-large"),
    Misbehavior("endless-1xx", "", endless: "HTTP/1.1 102 Processing\r\n\r\n", "http-too-many-informational"),
    Misbehavior("endless-extension", chunked + "5;", endless: "a", "http-chunk-line-too-large"),
    Misbehavior("endless-size", chunked, endless: "0", "http-chunk-line-too-large"),
    Misbehavior("endless-trailers", chunked + "0\r\n", endless: "X-More: and more\r\n", "http-header-too-large"),
  ]
}
