/// What the registries of special-purpose addresses (RFC 6890, RFC 4291 §2.4) say about an address.
extension Address {
  /// 127.0.0.0/8 (RFC 1122 §3.2.1.3) or ::1 (RFC 4291 §2.5.3).
  public var isLoopback: Bool {
    let (high, low) = halves
    return isIPv4 ? low >> 24 == 127 : high == 0 && low == 1
  }

  /// 0.0.0.0 or `::`: any address of this host (RFC 1122 §3.2.1.3, RFC 4291 §2.5.2).
  public var isUnspecified: Bool { halves == (0, 0) }

  /// 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 §2.7).
  public var isMulticast: Bool {
    let (high, low) = halves
    return isIPv4 ? low >> 28 == 0xe : high >> 56 == 0xff
  }

  /// 255.255.255.255, the limited broadcast (RFC 919 §7).
  public var isBroadcast: Bool { storage == .v4(.max) }

  /// 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291 §2.5.6).
  public var isLinkLocal: Bool {
    let (high, low) = halves
    return isIPv4 ? low >> 16 == 0xa9fe : high >> 54 == 0xfe80 >> 6
  }

  /// 10/8, 172.16/12, 192.168/16 (RFC 1918) or the unique local fc00::/7 (RFC 4193).
  public var isPrivate: Bool {
    let (high, low) = halves
    guard isIPv4 else { return high >> 57 == 0xfc >> 1 }
    return low >> 24 == 10 || low >> 20 == 0xac1 || low >> 16 == 0xc0a8
  }

  /// 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 (RFC 5737), 2001:db8::/32 (RFC 3849) or 3fff::/20 (RFC 9637).
  public var isDocumentation: Bool {
    let (high, low) = halves
    if isIPv4 { return [0xc0_0002, 0xc6_3364, 0xcb_0071].contains(low >> 8) }
    return high >> 32 == 0x2001_0db8 || high >> 44 == 0x3fff0
  }

  /// The IPv4 address inside an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2), else nil.
  public var mappedIPv4: Address? {
    let (high, low) = halves
    guard !isIPv4, high == 0, low >> 32 == 0xffff else { return nil }
    return Address(v4: UInt32(truncatingIfNeeded: low))
  }

  /// The name that holds the PTR record of the address: `1.2.0.192.in-addr.arpa` (RFC 1035 §3.5), `….ip6.arpa` (RFC 3596 §2.5).
  public var reverseName: String {
    TextWriter.text(capacity: 72) { writer in
      for byte in bytes.reversed() {
        if isIPv4 {
          writer.write(decimal: UInt64(byte))
          writer.write(UInt8(ascii: "."))
        } else {
          for nibble in [byte & 0xf, byte >> 4] {
            writer.write(hex: UInt32(nibble))
            writer.write(UInt8(ascii: "."))
          }
        }
      }
      writer.write(isIPv4 ? "in-addr.arpa" : "ip6.arpa")
    }
  }
}
