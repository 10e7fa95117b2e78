import BigInt
import Interpreter
import Net

/// An address, or a network with the address that it was written with.
enum IPValue {
  case address(Address)
  case network(Network)

  init(_ value: Value) throws {
    switch value {
    case .address(let address): self = .address(address)
    case .network(let network): self = .network(network)
    case .bytes, .list, .stream, .range, .record:
      throw ValueError(
        "wrong-type", "an address or network is wanted here, and this is \(value.described)", layer: .command)
    default: try self.init(TypeName.ip.convert(value))
    }
  }

  var address: Address {
    switch self {
    case .address(let address): address
    case .network(let network): network.address
    }
  }

  /// The network; an error for an address alone, which says nothing of its size.
  func network() throws -> Network {
    guard case .network(let network) = self else {
      throw ValueError(
        "wrong-type", "\(address) is an address, and a network is wanted here",
        hint: "a network has a prefix length, such as \(address)/\(address.isIPv4 ? 24 : 64)", layer: .command)
    }
    return network
  }
}

/// What a calculator is given: an address or network, or several in a list, a range, a stream or the lines of a file.
struct IPInput: ValueConvertible {
  static var type: TypeName { .ip }
  private let value: Value

  static func convert(_ value: Value) throws -> IPInput {
    if case .record(let record) = value, record["body"] != nil { return IPInput(value: value) }
    return IPInput(value: try TypeName.ip.convert(value))
  }

  /// Gives the result for one, or the results for several: a stream of a stream, else a list.
  func map(_ machine: Machine, _ transform: @escaping (IPValue) throws -> Value) throws -> Value {
    if let single { return try transform(try IPValue(single)) }
    let next = try items(machine)
    return try Items.produce(like: value) { try next().map { try transform($0) } }
  }

  /// Gives the results for one or several one after the other as a stream, each taken when it is wanted.
  func flatMap(_ machine: Machine, _ results: @escaping (IPValue) throws -> () -> Value?) throws -> Value {
    if let single {
      let next = try results(try IPValue(single))
      return .stream(Stream(next: next))
    }
    let next = try items(machine)
    let source: Stream? = if case .stream(let stream) = value { stream } else { nil }
    var current: () -> Value? = { nil }
    return .stream(
      Stream(close: { source?.close() }) {
        while true {
          if let result = current() { return result }
          guard let item = try next() else { return nil }
          current = try results(item)
        }
      })
  }

  /// Gives the one that is wanted, where several make no sense.
  func one() throws -> IPValue { try IPValue(value) }

  /// The one that was given; nil if it is several.
  var only: IPValue? {
    get throws { try single.map { try IPValue($0) } }
  }

  private var single: Value? {
    switch value {
    case .list, .stream, .range, .record: nil
    default: value
    }
  }

  /// Gives a function that gives the next item, then nil. Empty lines and lines that begin with `#` are passed over, as files have them.
  private func items(_ machine: Machine) throws -> () throws -> IPValue? {
    let next = try Items.next(of: value)
    var count = 0
    return {
      while let item = try next() {
        try machine.checkpoint()
        count += 1
        if case .string(let text) = item, let word = Self.word(of: text) {
          guard !word.isEmpty else { continue }
          return try Self.naming(count) { try IPValue(.string(word)) }
        }
        return try Self.naming(count) { try IPValue(item) }
      }
      return nil
    }
  }

  /// Gives a line without the blanks around it, empty if it is a comment; nil if it stays as it is.
  private static func word(of line: String) -> String? {
    guard let first = line.utf8.first, let last = line.utf8.last else { return "" }
    guard first != UInt8(ascii: "#") else { return "" }
    guard first <= 0x20 || last <= 0x20 else { return nil }
    let rest = line.utf8.drop { $0 <= 0x20 }
    guard let end = rest.lastIndex(where: { $0 > 0x20 }), rest.first != UInt8(ascii: "#") else { return "" }
    return String(Substring(rest[...end]))
  }

  private static func naming<Result>(_ count: Int, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as ValueError {
      throw ValueError(error.code, "item \(count): \(error.message)", hint: error.hint, layer: error.layer)
    }
  }
}

extension Value {
  /// An integer of any size from 128 bits.
  static func integer(_ number: UInt128) -> Value {
    if let small = Int(exactly: number) { return .int(small) }
    return .integer(BigInt(number))
  }
}
