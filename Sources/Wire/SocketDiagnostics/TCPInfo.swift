/// What the kernel knows of a TCP connection: TCP_INFO of tcp(7), struct tcp_info of linux/tcp.h.
///
/// Newer kernels tell more; what this one does not tell is nil. Times are in microseconds.
public struct TCPInfo: Sendable, Hashable {
  public let state: TCPState?
  /// `open`, `disorder`, `cwr`, `recovery` or `loss`.
  public let congestionState: String
  /// Retransmissions of the same segment that are not yet answered, and probes and doublings likewise.
  public let retransmits: UInt8
  public let probes: UInt8
  public let backoff: UInt8
  /// What both sides agreed on: `timestamps`, `sack`, `wscale`, `ecn`, `ecn-seen`, `syn-data`.
  public let options: [String]
  public let sendScale: UInt8
  public let receiveScale: UInt8
  public let retransmissionTimeout: UInt32
  public let acknowledgementTimeout: UInt32
  public let sendMSS: UInt32
  public let receiveMSS: UInt32
  /// Segments sent and not acknowledged; selectively acknowledged; held for lost; sent again and not acknowledged.
  public let unacknowledged: UInt32
  public let selectivelyAcknowledged: UInt32
  public let lost: UInt32
  public let retransmitted: UInt32
  /// Milliseconds since data was sent, data came, an acknowledgement came.
  public let lastSent: UInt32
  public let lastReceived: UInt32
  public let lastAcknowledged: UInt32
  public let pathMTU: UInt32
  public let rtt: UInt32
  public let rttVariance: UInt32
  /// nil as long as none was found.
  public let slowStartThreshold: UInt32?
  public let congestionWindow: UInt32
  public let advertisedMSS: UInt32
  public let reordering: UInt32
  public let totalRetransmitted: UInt32
  public let pacingRate: UInt64?
  public let bytesAcknowledged: UInt64?
  public let bytesReceived: UInt64?
  public let segmentsOut: UInt32?
  public let segmentsIn: UInt32?
  public let unsent: UInt32?
  public let minimalRTT: UInt32?
  public let dataSegmentsIn: UInt32?
  public let dataSegmentsOut: UInt32?
  public let deliveryRate: UInt64?
  public let bytesSent: UInt64?
  public let bytesRetransmitted: UInt64?
  public let sendWindow: UInt32?
  public let receiveWindow: UInt32?

  /// Parses the struct as far as the kernel filled it; nil for less than the first kernels gave (104 bytes).
  public init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)[...]
    guard bytes.count >= 104 else { return nil }
    func u8(_ offset: Int) -> UInt8 { bytes.native(UInt8.self, at: offset) ?? 0 }
    func u32(_ offset: Int) -> UInt32 { bytes.native(UInt32.self, at: offset) ?? 0 }
    func some(_ offset: Int) -> UInt32? { bytes.native(UInt32.self, at: offset) }
    func long(_ offset: Int) -> UInt64? { bytes.native(UInt64.self, at: offset) }
    state = TCPState(rawValue: u8(0))
    congestionState = Wire.name(u8(1), [0: "open", 1: "disorder", 2: "cwr", 3: "recovery", 4: "loss"])
    retransmits = u8(2)
    probes = u8(3)
    backoff = u8(4)
    options = flagNames(
      UInt32(u8(5)), ["timestamps", "sack", "wscale", "ecn", "ecn-seen", "syn-data", "usec-timestamps"])
    sendScale = u8(6) & 0xf
    receiveScale = u8(6) >> 4
    retransmissionTimeout = u32(8)
    acknowledgementTimeout = u32(12)
    sendMSS = u32(16)
    receiveMSS = u32(20)
    unacknowledged = u32(24)
    selectivelyAcknowledged = u32(28)
    lost = u32(32)
    retransmitted = u32(36)
    lastSent = u32(44)
    lastReceived = u32(52)
    lastAcknowledged = u32(56)
    pathMTU = u32(60)
    rtt = u32(68)
    rttVariance = u32(72)
    // TCP_INFINITE_SSTHRESH
    slowStartThreshold = u32(76) >= 0x7fff_ffff ? nil : u32(76)
    congestionWindow = u32(80)
    advertisedMSS = u32(84)
    reordering = u32(88)
    totalRetransmitted = u32(100)
    pacingRate = long(104).flatMap { $0 == .max ? nil : $0 }
    bytesAcknowledged = long(120)
    bytesReceived = long(128)
    segmentsOut = some(136)
    segmentsIn = some(140)
    unsent = some(144)
    minimalRTT = some(148).flatMap { $0 == .max ? nil : $0 }
    dataSegmentsIn = some(152)
    dataSegmentsOut = some(156)
    deliveryRate = long(160)
    bytesSent = long(200)
    bytesRetransmitted = long(208)
    sendWindow = some(228)
    receiveWindow = some(232)
  }
}
