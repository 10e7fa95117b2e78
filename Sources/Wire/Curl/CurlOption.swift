/// The options of curl(1) that have something to do with the request.
enum CurlOption: String, CaseIterable {
  case request, header, data, dataRaw = "data-raw", dataAscii = "data-ascii", dataBinary = "data-binary"
  case dataURLEncode = "data-urlencode", json, form, formString = "form-string", get, head, uploadFile = "upload-file"
  case url, user, bearer = "oauth2-bearer", netrc, cookie, userAgent = "user-agent", referer, range
  case location, locationTrusted = "location-trusted", maxRedirs = "max-redirs", insecure, compressed, fail
  case failWithBody = "fail-with-body"
  case remoteName = "remote-name", continueAt = "continue-at", proxyUser = "proxy-user"
  case proxyAuthorities = "proxy-cacert", socks5, socks5Hostname = "socks5-hostname"
  case proxy, noproxy, unixSocket = "unix-socket", resolve, connectTo = "connect-to", cacert, cert, key
  case maxTime = "max-time", retry, http10 = "http1.0", output

  private static let short: [Character: CurlOption] = [
    "X": .request, "H": .header, "d": .data, "F": .form, "G": .get, "I": .head, "T": .uploadFile, "u": .user,
    "n": .netrc, "b": .cookie, "A": .userAgent, "e": .referer, "r": .range, "L": .location, "k": .insecure, "f": .fail,
    "x": .proxy, "E": .cert, "m": .maxTime, "0": .http10, "o": .output, "O": .remoteName, "C": .continueAt,
    "U": .proxyUser,
  ]

  /// Flags that change what curl shows, or nothing of the request: they are passed over.
  private static let silent: Set<String> = [
    "silent", "show-error", "verbose", "include", "no-buffer", "progress-bar", "no-progress-meter", "globoff",
    "http1.1",
    "ipv4", "ipv6", "tcp-nodelay", "no-keepalive", "path-as-is", "http2", "fail-early", "disable", "basic",
    "no-location", "tlsv1.2", "tlsv1.3", "location-mode", "parallel", "create-dirs", "no-clobber", "remote-header-name",
    "no-sessionid", "no-alpn", "styled-output", "no-styled-output", "retry-connrefused", "retry-all-errors",
    "junk-session-cookies",
  ]
  private static let silentShort: [Character] = [
    "s", "S", "v", "i", "N", "#", "g", "4", "6", "q", "1", "2", "3", "J", "Z", "j",
  ]
  /// The same with a value.
  private static let silentWithValue: Set<String> = [
    "write-out", "stderr", "trace", "trace-ascii", "dump-header", "cookie-jar", "connect-timeout", "retry-delay",
    "retry-max-time", "limit-rate", "speed-limit", "speed-time", "keepalive-time", "parallel-max", "proto",
    "proto-default", "proto-redir",
  ]
  private static let silentShortWithValue: [Character] = ["w", "D", "c", "Y", "y"]

  enum Meaning {
    case option(CurlOption)
    case ignored(hasValue: Bool)
  }

  static func find(long name: String) -> Meaning? {
    if let option = CurlOption(rawValue: name) { return .option(option) }
    if silent.contains(name) { return .ignored(hasValue: false) }
    return silentWithValue.contains(name) ? .ignored(hasValue: true) : nil
  }

  static func find(short letter: Character) -> Meaning? {
    if let option = short[letter] { return .option(option) }
    if silentShort.contains(letter) { return .ignored(hasValue: false) }
    return silentShortWithValue.contains(letter) ? .ignored(hasValue: true) : nil
  }

  var hasValue: Bool {
    switch self {
    case .get, .head, .netrc, .location, .locationTrusted, .insecure, .compressed, .fail, .failWithBody, .http10,
      .remoteName:
      false
    default: true
    }
  }
}
