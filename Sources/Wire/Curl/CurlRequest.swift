import Net

/// The request that a line of curl(1) makes.
public struct CurlRequest: Sendable {
  /// A piece of the body, as `--data` and its kin give them; they are joined by `&`.
  public enum Datum: Sendable, Hashable {
    case text([UInt8])
    /// A file, of which `--data` leaves out line ends and NUL.
    case file(String, stripped: Bool)
    /// `--data-urlencode`: a name that stands as it is, and a content that is percent-encoded.
    case encoded(name: String, [UInt8])
    case encodedFile(name: String, String)
  }

  /// A part of a multipart form.
  public struct Part: Sendable, Hashable {
    public var name: String
    public var text: String?
    public var file: String?
    /// A file whose content is the text.
    public var textFile: String?
    public var fileName: String?
    public var type: String?
  }

  /// The option of `http request` that stands for one of curl's, without its dashes; nil for a flag's value.
  public struct Option: Sendable, Hashable {
    public let name: String
    public let value: String?
  }

  public internal(set) var url = ""
  public internal(set) var headers: [(name: String, value: String?)] = []
  public internal(set) var data: [Datum] = []
  public internal(set) var parts: [Part] = []
  /// A file that is the whole body (`--upload-file`).
  public internal(set) var upload: String?
  public internal(set) var options: [Option] = []
  public internal(set) var user: String?
  public internal(set) var cookies: [String] = []
  /// Where the body of the response is written to.
  public internal(set) var output: String?
  /// Whether what is there of that file is gone on with (`--continue-at -`).
  public internal(set) var continues = false
  /// Whether the data go into the query (`--get`).
  public internal(set) var isQuery = false

  /// Where a body goes: a file, or one called as the last part of the URL.
  enum Destination: Sendable {
    case file(String)
    case remoteName
  }

  // What is given once for each URL, in their order.
  var urls: [String] = []
  var outputs: [Destination] = []
  var uploads: [String] = []
  var proxy: String?
  var proxyUser: String?
  var given: String?
  var isHead = false
  var isJSON = false
  var follows = false
  var redirects = 50

  /// The method: what was given, else what the rest makes it.
  public var method: String {
    if let given { return given }
    if isHead { return "HEAD" }
    if isQuery { return "GET" }
    if upload != nil { return "PUT" }
    return data.isEmpty && parts.isEmpty ? "GET" : "POST"
  }

  /// Whether the data are JSON, whose pieces are joined by nothing.
  public var isJSONBody: Bool { isJSON }

  /// Gives the value of a field that was given, in any case.
  public func header(_ name: String) -> String? { headers.first { ASCII.same($0.name, name) }?.value }

  /// The media type that curl would say the data have; nil for none, and for one that a field says.
  public var contentType: String? {
    guard !data.isEmpty, !isQuery, !headers.contains(where: { ASCII.same($0.name, "Content-Type") }) else { return nil }
    return isJSON ? "application/json" : "application/x-www-form-urlencoded"
  }

  /// Reads a line, with or without a prompt before it: a request for each URL, each with the options up to the next `--next`.
  public static func all(in line: String) throws(CurlError) -> [CurlRequest] {
    var words = try ShellWords.split(line)[...]
    if words.first.map({ $0 == Array("$".utf8) }) == true { words = words.dropFirst() }
    guard let first = words.popFirst() else { throw .notCurl("") }
    let program = String(decoding: first, as: UTF8.self)
    guard program == "curl" || program.hasSuffix("/curl") else { throw .notCurl(program) }
    var requests: [CurlRequest] = []
    repeat {
      var shared = CurlRequest()
      try shared.read(&words)
      guard !shared.urls.isEmpty else { throw .noURL }
      shared.finish()
      for index in shared.urls.indices { requests.append(try shared.request(index)) }
    } while !words.isEmpty
    return requests
  }

  /// Brings together what the options say in several places.
  private mutating func finish() {
    if follows { options.append(Option(name: "follow", value: String(redirects))) }
    if isJSON, header("Accept") == nil { headers.append(("Accept", "application/json")) }
    guard var proxy else { return }
    if let proxyUser {
      let mark = proxy.firstRange(of: "://")?.upperBound ?? proxy.startIndex
      let halves = proxyUser.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let userinfo = halves.map { PercentEncoding.encode(Array($0.utf8)) }.joined(separator: ":") + "@"
      proxy.insert(contentsOf: userinfo, at: mark)
    }
    options.append(Option(name: "proxy", value: proxy))
  }

  /// Gives the request for one of the URLs.
  private func request(_ index: Int) throws(CurlError) -> CurlRequest {
    var request = self
    request.url = urls[index]
    // curl's guess for a URL without a scheme.
    if !request.url.utf8.starts(with: "http://".utf8), !request.url.utf8.starts(with: "https://".utf8) {
      guard !request.url.contains("://") else { throw .badValue("URL", request.url) }
      request.url = "http://" + request.url
    }
    request.upload = index < uploads.count ? uploads[index] : nil
    guard index < outputs.count else { return request }
    switch outputs[index] {
    case .file(let path): request.output = path
    case .remoteName:
      let path = request.url.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", omittingEmptySubsequences: false)
      guard path.count > 3, let name = path.last, !name.isEmpty else { throw .badValue("--remote-name", request.url) }
      request.output = String(name)
    }
    return request
  }

  /// Takes words up to the end or to `--next`.
  private mutating func read(_ words: inout ArraySlice<[UInt8]>) throws(CurlError) {
    var isLiteral = false
    while let word = words.popFirst() {
      let text = String(decoding: word, as: UTF8.self)
      guard !isLiteral, text.hasPrefix("-"), text != "-" else {
        urls.append(text)
        continue
      }
      if text == "--next" || text == "-:" {
        guard !words.isEmpty else { throw .noURL }
        return
      }
      if text == "--" {
        isLiteral = true
      } else if text.hasPrefix("--") {
        try long(String(text.dropFirst(2)), &words)
      } else {
        try short(word.dropFirst(), &words)
      }
    }
  }

  /// `--name value`, or `--name=value` as some write it.
  private mutating func long(_ text: String, _ words: inout ArraySlice<[UInt8]>) throws(CurlError) {
    let name = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? ""
    let attached = name.utf8.count < text.utf8.count ? Array(text.utf8.dropFirst(name.utf8.count + 1)) : nil
    guard let meaning = CurlOption.find(long: name) else { throw .unknownOption("--" + name) }
    try follow(meaning, "--" + name, attached, &words)
  }

  /// `-abc value`: letters, the last of which may have its value attached.
  private mutating func short(_ letters: ArraySlice<UInt8>, _ words: inout ArraySlice<[UInt8]>) throws(CurlError) {
    var rest = letters
    while let letter = rest.popFirst() {
      let name = "-" + String(decoding: [letter], as: UTF8.self)
      guard let meaning = CurlOption.find(short: Character(Unicode.Scalar(letter))) else { throw .unknownOption(name) }
      let hasValue =
        switch meaning {
        case .option(let option): option.hasValue
        case .ignored(let hasValue): hasValue
        }
      try follow(meaning, name, hasValue && !rest.isEmpty ? Array(rest) : nil, &words)
      if hasValue { return }
    }
  }

  private mutating func follow(
    _ meaning: CurlOption.Meaning, _ name: String, _ attached: [UInt8]?, _ words: inout ArraySlice<[UInt8]>
  ) throws(CurlError) {
    func value() throws(CurlError) -> [UInt8] {
      if let attached { return attached }
      guard let word = words.popFirst() else { throw .missingValue(name) }
      return word
    }
    switch meaning {
    case .ignored(let hasValue): if hasValue { _ = try value() }
    case .option(let option): try apply(option, option.hasValue ? try value() : [])
    }
  }
}
