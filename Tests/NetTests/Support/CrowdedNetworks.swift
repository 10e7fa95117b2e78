import Net
import TestSupport

extension SeededRandom {
  /// A network of either family, without a zone, from a few small regions, so that many touch, overlap or are the same.
  mutating func crowdedNetwork() -> Network {
    let isOld = below(2) == 0
    let prefix =
      isOld ? pick([below(33), 20 + below(13), 24, 32]) : pick([below(129), 44 + below(21), 64, 120 + below(9), 128])
    let bits = UInt64(truncatingIfNeeded: next()) >> UInt64(40 + below(24))
    let address =
      isOld
      ? Address(v4: pick([0x0a00_0000, 0xc000_0200, 0xffff_ff00, 0]) | UInt32(truncatingIfNeeded: bits))
      : Address(
        v6High: pick([0x2001_0db8_0000_0000, 0, .max, 0x2001_0db8_0001_0000 | bits]),
        low: pick([bits, bits << 40, 0, ~bits]))
    return Network(address: address, prefix: prefix) ?? network(like: address)
  }

  /// A network around any address of the same family.
  mutating func network(like address: Address) -> Network {
    let other = address.isIPv4 ? Address(v4: UInt32(truncatingIfNeeded: next())) : Address(v6High: next(), low: next())
    let prefix = below(other.bitCount + 1)
    return Network(address: other, prefix: prefix) ?? network(like: address)
  }
}
