import Net

/// The fields of a head or trailer section in the order they were sent, repeats kept; names match in any ASCII case.
public struct HTTPHeaders: Hashable, Sendable, RandomAccessCollection, ExpressibleByArrayLiteral,
  CustomStringConvertible
{
  public private(set) var fields: [HTTPField]

  public init(_ fields: [HTTPField] = []) { self.fields = fields }
  public init(arrayLiteral fields: HTTPField...) { self.fields = fields }

  public var startIndex: Int { fields.startIndex }
  public var endIndex: Int { fields.endIndex }
  public subscript(index: Int) -> HTTPField { fields[index] }

  /// The value of the first field of that name.
  public subscript(name: String) -> String? { fields.first { ASCII.same($0.name, name) }?.value }

  /// The values of all fields of that name, in order.
  public func values(_ name: String) -> [String] { all(name).map(\.value) }

  /// All values of that name joined by `, `, as RFC 9110 §5.3 allows for list-based fields; nil where there is none.
  public func combined(_ name: String) -> String? {
    let found = values(name)
    return found.isEmpty ? nil : found.joined(separator: ", ")
  }

  /// The members of a list-based field over all its lines, split at commas outside quotes, empty ones dropped
  /// (#rule, RFC 9110 §5.6.1).
  public func list(_ name: String) -> [String] { all(name).flatMap { listMembers($0.bytes) } }

  public func contains(_ name: String) -> Bool { fields.contains { ASCII.same($0.name, name) } }

  public mutating func append(_ field: HTTPField) { fields.append(field) }
  public mutating func append(_ name: String, _ value: String) { fields.append(HTTPField(name, value)) }

  /// Puts the value in place of the first field of that name and removes the others; appends it where there is none.
  public mutating func set(_ name: String, _ value: String) {
    guard let index = fields.firstIndex(where: { ASCII.same($0.name, name) }) else { return append(name, value) }
    let kept = HTTPField(fields[index].name, value)
    let rest = fields[(index + 1)...].filter { !ASCII.same($0.name, name) }
    fields = fields[..<index] + [kept] + rest
  }

  public mutating func remove(_ name: String) { fields.removeAll { ASCII.same($0.name, name) } }

  public var description: String { fields.map(\.description).joined(separator: "\n") }

  /// The section as sent: each field line, then the empty line that ends the section.
  func write(to out: inout [UInt8]) throws(HTTPError) {
    for field in fields { try field.write(to: &out) }
    out += [ASCII.cr, ASCII.lf]
  }

  /// Continues the value of the last field after an obs-fold, each fold replaced by one space (RFC 9112 §5.2).
  mutating func continueLast(with folded: ArraySlice<UInt8>) {
    guard !fields.isEmpty, !folded.isEmpty else { return }
    let last = fields.count - 1
    if !fields[last].bytes.isEmpty { fields[last].bytes.append(ASCII.space) }
    fields[last].bytes += folded
  }

  private func all(_ name: String) -> [HTTPField] { fields.filter { ASCII.same($0.name, name) } }
}

/// Splits a list value at the commas outside quoted strings, trims the members and drops empty ones (RFC 9110 §5.6.1.2).
private func listMembers(_ bytes: [UInt8]) -> [String] {
  var members: [String] = []
  var quoted = false
  var escaped = false
  var start = bytes.startIndex
  func close(_ end: Int) {
    let member = ASCII.trimmed(bytes[start..<end])
    if !member.isEmpty { members.append(text(of: member)) }
  }
  for (index, byte) in bytes.enumerated() {
    if escaped {
      escaped = false
    } else if quoted && byte == ASCII.backslash {
      escaped = true
    } else if byte == ASCII.quote {
      quoted.toggle()
    } else if byte == ASCII.comma && !quoted {
      close(index)
      start = index + 1
    }
  }
  close(bytes.endIndex)
  return members
}
