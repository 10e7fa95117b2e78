import Net

/// The exit statuses of the shell; for network errors those of curl.
public enum ExitStatus {
  public static let failed: Int32 = 1
  public static let usage: Int32 = 2
  public static let assertion: Int32 = 3
  public static let interrupted: Int32 = 130
  public static let closedPipe: Int32 = 141

  /// The one table of error codes and statuses; a code that is not in it is 1.
  private static let byCode: [String: Int32] = [
    "assertion": assertion,
    "NXDOMAIN": 6, "EAI_AGAIN": 6, "EAI_FAIL": 6, "NODATA": 6, "SERVFAIL": 6, "bad-name": 6,
    "ECONNREFUSED": 7, "EHOSTUNREACH": 7, "ENETUNREACH": 7, "EHOSTDOWN": 7, "ENETDOWN": 7, "EADDRNOTAVAIL": 7,
    "EADDRINUSE": 7, "EAFNOSUPPORT": 7,
    "timeout": 28, "ETIMEDOUT": 28,
    "http-status": 22, "no-such-rfc": 22, "captive-portal": 56,
    "proxy-refused": 56, "socks-malformed": 56,
    "ECONNRESET": 56, "ECONNABORTED": 56, "EPIPE": 56, "ENOTCONN": 56, "eof": 56,
    "handshake-failure": 35, "bad-tls-setting": 35,
    "interrupted": interrupted, "closed-pipe": closedPipe,
  ]

  /// Codes that begin so belong to one layer and share its status.
  private static let byPrefix: [(String, Int32)] = [("certificate-", 60), ("tls-", 35), ("http-", 56), ("dns-", 56)]

  /// Gives the status of an uncaught error: that of the innermost layer that the table knows.
  public static func of(_ error: any LayeredError) -> Int32 {
    // A job's failure is the script's own, whatever the job died of.
    guard error.layer != .job else { return failed }
    return error.layers.reversed().lazy.compactMap { known($0.code) }.first ?? failed
  }

  /// Gives the status of errors with a code.
  public static func of(code: String) -> Int32 { known(code) ?? failed }

  private static func known(_ code: String) -> Int32? {
    byCode[code] ?? byPrefix.first { code.hasPrefix($0.0) }?.1
  }
}
