import Interpreter
import Net

extension AddressItem {
  /// Takes an address, a network or a range of addresses; any other value is an error.
  init(_ value: Value) throws {
    if case .string(let text) = value {
      self = try .parse(text)
    } else if case .address(let address) = value {
      self = .address(address)
    } else if case .network(let network) = value {
      self = .network(network)
    } else if case .range(let range) = value, let item = AddressItem(range.content) {
      self = item
    } else if [.int, .float].contains(value.type), let text = value.scalarText {
      // No number is an address, and the error says what others would make of it: 127.1.
      self = try .parse(text)
    } else {
      var hint: String?
      if case .record = value { hint = "`get NAME` takes the column that holds them" }
      throw ValueError(
        "wrong-type", "an address, a network or a range of addresses is wanted, and this is \(value.described)",
        hint: hint)
    }
  }

  /// Takes a range of addresses that has an end and does not go backwards.
  private init?(_ range: RangeValue) {
    guard case .address(let lower) = range.lower, case .address(let end)? = range.upper,
      let upper = range.includesEnd ? end : end.advanced(by: -1), lower <= upper, lower.isIPv4 == upper.isIPv4,
      lower.zone == nil, upper.zone == nil
    else { return nil }
    self = .range(lower, upper)
  }
}

extension Value {
  init(_ item: AddressItem) {
    switch item {
    case .address(let address): self = .address(address)
    case .network(let network): self = .network(network)
    case .range(let lower, let upper):
      self = .range(Box(RangeValue(lower: .address(lower), upper: .address(upper), includesEnd: true)))
    }
  }
}

extension AddressSet {
  /// Reads a set from what a command was given.
  init(reading reader: AddressReader) throws {
    var builder = AddressSetBuilder()
    try reader.readAll(into: &builder)
    self = try builder.build()
  }

  /// Gives the networks or ranges of the set as a stream.
  func stream(_ form: AddressSetCursor.Form = .networks, _ machine: Machine) -> Value {
    var cursor = AddressSetCursor(self, as: form)
    return .stream(
      Stream(
        text: {
          try machine.checkpoint()
          return cursor.nextText()
        }, next: { cursor.next().map { Value($0) } }))
  }

  /// The fewest networks as a list.
  var list: Value { .list(networks.map { .network($0) }) }
}
