import Net

/// The reading of texts where an address or a network is wanted, which tells what is wrong with those that are none.
enum AddressLiteral {
  /// Reads a text as a value of the type `address`, `network` or `ip`; an address alone is also a network, with itself as the only member.
  static func read(_ text: String, as type: TypeName) throws(ValueError) -> Value {
    do throws(AddressError) {
      let hasSlash = text.utf8.contains(UInt8(ascii: "/"))
      if type == .network, !hasSlash {
        let address = try Address.read(text)
        guard let network = Network(address: address, prefix: address.bitCount) else { return .address(address) }
        return .network(network)
      }
      return hasSlash && type != .address ? .network(try Network.read(text)) : .address(try Address.read(text))
    } catch {
      throw ValueError(error.code, error.message, hint: error.hint)
    }
  }

  /// Tells whether a word that was typed for a parameter of this type is to be read here: one that spells a number, such as `127.1`, keeps its text.
  static func wants(_ type: TypeName, _ word: String) -> Bool {
    guard type == .ip || type == .address || type == .network else { return false }
    guard case .value(let value) = Literal.read(word) else { return true }
    return value.addressText != nil
  }
}

extension Value {
  /// The text of a string or a number, which may have been meant as an address.
  var addressText: String? {
    switch self {
    case .string, .int, .big, .float: scalarText
    default: nil
    }
  }
}
