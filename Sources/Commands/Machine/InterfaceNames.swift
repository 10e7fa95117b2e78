import Clients
import Interpreter
import Net
import Wire

/// The names of the interfaces by their numbers.
struct InterfaceNames {
  private var names: [UInt32: String]

  init(_ links: [LinkMessage]) {
    names = Dictionary(links.map { ($0.index, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  /// Keeps what a change says of a name.
  mutating func note(_ link: LinkMessage) { names[link.index] = link.name }

  /// The name; `if7` for an interface without one, such as one in another namespace.
  subscript(index: UInt32) -> String { names[index] ?? "if\(index)" }

  /// The name as a value, null for no interface.
  func value(_ index: UInt32?) -> Value {
    guard let index, index != 0 else { return .null }
    return .string(self[index])
  }

  /// Gives the number of a name that somebody typed.
  func index(of name: String) throws -> UInt32 {
    guard let index = names.first(where: { bytesEqual($0.value, name) })?.key else {
      let known = names.values.sorted().joined(separator: ", ")
      throw ValueError("no-interface", "no interface is named \(name)", hint: "there are \(known)", layer: .command)
    }
    return index
  }
}

extension Value {
  /// A link's address: a MAC of 6 bytes, the address of a tunnel's end, else bytes in hexadecimal; null for none.
  init(linkAddress bytes: [UInt8]) {
    if bytes.isEmpty {
      self = .null
    } else if let mac = MAC(bytes: bytes) {
      self = .mac(mac)
    } else if let address = Address(bytes: bytes) {
      self = .address(address)
    } else {
      self = .string(bytes.hex(separator: ":"))
    }
  }

  init(_ number: (some FixedWidthInteger)?) { self = number.map { .int(Int(clamping: $0)) } ?? .null }
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  init(_ address: Address?) { self = address.map { .address($0) } ?? .null }
  init(_ network: Network?) { self = network.map { .network($0) } ?? .null }
  init(_ texts: [String]) { self = .list(texts.map { .string($0) }) }

  /// Seconds as a duration, null for ever.
  init(seconds: (some FixedWidthInteger)?) {
    self = seconds.flatMap { TimeSpan(seconds: Int64(clamping: $0)) }.map { .duration($0) } ?? .null
  }

  init(microseconds: UInt32?) {
    self = microseconds.map { .duration(TimeSpan(nanoseconds: Int64($0) * 1000)) } ?? .null
  }
  init(milliseconds: UInt32?) {
    self = milliseconds.map { .duration(TimeSpan(nanoseconds: Int64($0) * 1_000_000)) } ?? .null
  }
}

/// Tells whether a family is wanted where `-4` and `-6` may each be asked for: without either all are.
func wants(_ family: AddressFamily, _ four: Bool, _ six: Bool) -> Bool {
  switch family {
  case .inet: four || !six
  case .inet6: six || !four
  default: four == six
  }
}
