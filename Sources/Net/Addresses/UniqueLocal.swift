/// Unique local prefixes (RFC 4193).
extension Network {
  /// Makes fdXX:XXXX:XXXX::/48 with a random global identifier of 40 bits (RFC 4193 §3.1, §3.2).
  public static func uniqueLocal(using random: inout some RandomNumberGenerator) -> Network? {
    let identifier = UInt64.random(in: 0..<(1 << 40), using: &random)
    return Network(address: Address(v6High: 0xfd << 56 | identifier << 16, low: 0), prefix: 48)
  }
}
