/// What is wrong with a list of addresses: a line that names none, or more than can be held.
public enum AddressListError: LayeredError {
  /// A line that is no address, network or range; `source` names the file, or is nil for a stream.
  case wrongLine(source: String?, line: Int, text: String, offset: Int, reason: String)
  /// A value that cannot be in such a list.
  case wrongItem(String, String)
  /// A line of more bytes than any list of addresses has.
  case longLine(source: String?, line: Int)
  /// The intervals or routes would take more memory than is allowed.
  case tooMany(String)

  public var layer: Layer { .value }

  public var code: String {
    switch self {
    case .wrongLine, .wrongItem: "bad-address"
    case .longLine, .tooMany: "too-large"
    }
  }

  public var message: String {
    switch self {
    case .wrongLine(let source, let line, let text, let offset, let reason):
      "\(Self.place(source, line)): `\(text)` \(reason), at offset \(offset)"
    case .wrongItem(let text, let reason): "`\(text)` \(reason)"
    case .longLine(let source, let line):
      "\(Self.place(source, line)): a line of more than \(AddressLines.longestLine) bytes"
    case .tooMany(let limit): "the list does not fit: \(limit)"
    }
  }

  public var hint: String? {
    guard case .wrongLine(_, _, let text, _, _) = self else { return nil }
    let other = LegacyAddress(text).map { $0.warning + "; " } ?? ""
    return other + "`--skip-bad` goes on without such lines, and counts them"
  }

  private static func place(_ source: String?, _ line: Int) -> String {
    source.map { "\($0), line \(line)" } ?? "line \(line)"
  }
}
