/// What the words of a line have said about a route so far.
struct RouteFields {
  private var to: Network?
  private(set) var isDefault = false
  private(set) var via: Address?
  private(set) var interface: String?
  private(set) var metric: UInt32?

  /// The destination; that of `default` is of the router's family, else of IPv4.
  var network: Network? {
    guard isDefault else { return to }
    return Network(address: via?.isIPv4 == false ? Address(number: 0) : Address(v4: 0), prefix: 0)
  }

  /// Sets a column from a word that stands at an offset of its line.
  mutating func set(_ column: RouteList.Column, _ word: TextBytes, at offset: Int) throws(WrongLine) {
    switch column {
    case .to:
      if word.elementsEqual("default".utf8) { return isDefault = true }
      switch AddressItem.parse(word) {
      case .network(let network)?: to = network.masked
      case .address(let address)?: to = Network(address: address.withoutZone, prefix: address.bitCount)
      default: throw wrongAddress(word, at: offset, "no network")
      }
    case .via:
      guard let address = Address.parse(word) else { throw wrongAddress(word, at: offset, "no address") }
      via = address
    case .interface: interface = String(decoding: word, as: UTF8.self)
    case .metric:
      guard let number = UInt32(String(decoding: word, as: UTF8.self)) else {
        throw .text(offset, "has no number of 32 bits")
      }
      metric = number
    }
  }

  /// Sets the column that a word looks like: an address is the router, a number the metric, anything else the interface.
  mutating func setByShape(_ word: TextBytes, at offset: Int) throws(WrongLine) {
    if via == nil, Address.parse(word) != nil { return try set(.via, word, at: offset) }
    if metric == nil, word.allSatisfy(\.isDigit) { return try set(.metric, word, at: offset) }
    guard interface == nil, Address.isZone(word) else {
      throw .text(offset, "has a word too many, or one that is wrong")
    }
    interface = String(decoding: word, as: UTF8.self)
  }

  private func wrongAddress(_ word: TextBytes, at offset: Int, _ what: String) -> WrongLine {
    let error = AddressTextError(in: word)
    return .text(offset + error.offset, "has \(what) there: " + error.reason)
  }
}
