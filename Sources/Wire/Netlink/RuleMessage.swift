import Net

/// A rule that says in which table a packet's route is sought: RTM_NEWRULE (linux/fib_rules.h, ip-rule(8)).
public struct RuleMessage: Sendable, Hashable {
  public let family: AddressFamily
  public let priority: UInt32
  public let isInverted: Bool
  /// Whose packets: nil for all.
  public let source: Network?
  public let destination: Network?
  public let typeOfService: UInt8
  public let incoming: String?
  public let outgoing: String?
  public let mark: UInt32?
  public let mask: UInt32?
  public let table: UInt32
  /// FR_ACT_…
  public let action: UInt8
  public let goto: UInt32?
  public let origin: UInt8?
  public let transport: UInt8?
  public let sourcePorts: ClosedRange<UInt16>?
  public let destinationPorts: ClosedRange<UInt16>?
  public let users: ClosedRange<UInt32>?
  /// Routes of at most so many bits are passed over.
  public let suppressedPrefix: UInt32?
  public let isForMasterDevice: Bool

  init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
    let fixed = Array(payload.prefix(8))
    guard fixed.count == 8, let flags = payload.native(UInt32.self, at: 8) else {
      throw NetlinkError(.cutOff("fib_rule_hdr"), offset: payload.count)
    }
    let attributes = try NetlinkAttributes(payload, after: 12)
    family = AddressFamily(rawValue: fixed[0])
    destination = attributes.address(1).flatMap { Network(address: $0, prefix: Int(fixed[1])) }
    source = attributes.address(2).flatMap { Network(address: $0, prefix: Int(fixed[2])) }
    typeOfService = fixed[3]
    table = attributes.u32(15) ?? UInt32(fixed[4])
    action = fixed[7]
    // FIB_RULE_INVERT
    isInverted = flags & 2 != 0
    priority = attributes.u32(6) ?? 0
    incoming = attributes.text(3)
    outgoing = attributes.text(17)
    mark = attributes.u32(10)
    mask = attributes.u32(16)
    goto = attributes.u32(4)
    origin = attributes.u8(21)
    transport = attributes.u8(22)
    sourcePorts = Self.range(attributes[23], UInt16.self)
    destinationPorts = Self.range(attributes[24], UInt16.self)
    users = Self.range(attributes[20], UInt32.self)
    suppressedPrefix = attributes.u32(14).flatMap { $0 == .max ? nil : $0 }
    isForMasterDevice = attributes.u8(19) == 1
  }

  /// Gives two numbers; nil where they are no range.
  private static func range<Number: FixedWidthInteger & UnsignedInteger>(
    _ bytes: ArraySlice<UInt8>?, _ type: Number.Type
  ) -> ClosedRange<Number>? {
    guard let bytes, let first = bytes.native(type, at: 0),
      let last = bytes.native(type, at: MemoryLayout<Number>.size), first <= last
    else { return nil }
    return first...last
  }

  /// What it does: `lookup` in its table, `goto`, or refuse.
  public var actionName: String {
    Wire.name(
      action, [1: "lookup", 2: "goto", 3: "nop", 6: "blackhole", 7: "unreachable", 8: "prohibit"])
  }

  public var originName: String? { origin.map { RouteOrigin.name($0) } }
}
