/// Lines of an explanation in columns: a label, an address and its bits, with a bar where a prefix ends.
enum BitRow {
  /// Gives the first bits of an IPv4 address in groups of 8, those of an IPv6 address in groups of 16, with `|` behind the prefix; the bar takes the place
  /// of a separator.
  static func bits(of address: Address, prefix: Int, upTo count: Int) -> String {
    let group = address.isIPv4 ? 8 : 16
    var text = prefix == 0 ? "|" : ""
    for index in 0..<min(count, address.bitCount) {
      if index > 0, index.isMultiple(of: group), index != prefix { text += address.isIPv4 ? "." : ":" }
      text += address.bit(index) ? "1" : "0"
      if index + 1 == prefix { text += "|" }
    }
    return text
  }

  /// Gives a line of `^` under the bits at these indices, laid out as `bits` lays them out.
  static func marks(under indices: [Int], of address: Address, prefix: Int) -> String {
    let group = address.isIPv4 ? 8 : 16
    var text = ""
    for index in 0..<((indices.last ?? -1) + 1) {
      if index > 0, index.isMultiple(of: group) || index == prefix { text += " " }
      text += indices.contains(index) ? "^" : " "
    }
    return text
  }
}
