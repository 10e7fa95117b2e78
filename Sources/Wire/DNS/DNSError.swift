import Net

/// What is wrong with the bytes of a DNS message, and where; offsets count bytes of the message from 0.
public struct DNSError: LayeredError, Hashable {
  public enum Reason: Sendable, Hashable {
    /// The message, or the data of a record, ends inside something.
    case cutOff
    /// A label that begins with bits 01 or 10 (RFC 1035 §4.1.4, RFC 6891 §5).
    case labelType(UInt8)
    /// A compression pointer that does not lead to an earlier place (RFC 1035 §4.1.4).
    case pointer(to: Int)
    /// A name of more than 255 bytes (RFC 1035 §3.1).
    case longName
    /// The data of a record is longer than its fields.
    case leftover(RecordType, count: Int)
    /// Bytes behind the last record.
    case trailing(count: Int)
    /// A list of types that is not in order, or has an empty or too long block (RFC 4034 §4.1.2).
    case typeBitmap
    /// Parameters of SVCB or HTTPS that are not in order or not as their key demands (RFC 9460 §2.2).
    case serviceParameters
    /// A tag of CAA that is empty or has more than letters and digits (RFC 8659 §4.1).
    case tag
    /// A hashed name of NSEC3 without a byte (RFC 5155 §3.2).
    case emptyHash
    /// A version of LOC other than 0, or a size beyond its range (RFC 1876 §2).
    case location
    /// An OPT record with a name, or a second one, or one outside the additional section (RFC 6891 §6.1.1).
    case misplacedOPT
    /// The data of an EDNS option is not as its code demands.
    case option(UInt16)
    /// A message would have more than 65,535 bytes, or a section more than 65,535 records.
    case tooLarge
  }

  public let reason: Reason
  public let offset: Int

  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  public var layer: Layer { .dns }
  public var code: String { reason == .tooLarge ? "too-large" : "dns-malformed" }
  public var message: String { "\(sentence), at byte \(offset) of the message" }

  private var sentence: String {
    switch reason {
    case .cutOff: "the message ends inside a field"
    case .labelType(let byte): "a label begins with 0x\(String(byte, radix: 16)), which is no length and no pointer"
    case .pointer(let target): "a compression pointer leads to byte \(target), which is not before the name"
    case .longName: "a name has more than 255 bytes"
    case .leftover(let type, let count): "the data of a record of type \(type) has \(count) bytes too many"
    case .trailing(let count): "\(count) bytes stand behind the last record"
    case .typeBitmap: "a list of record types is not in its form"
    case .serviceParameters: "the parameters of a service are not in their form"
    case .tag: "the tag of a CAA record is empty, or not of letters and digits"
    case .emptyHash: "the hashed name of an NSEC3 record is empty"
    case .location: "a location is beyond its range"
    case .misplacedOPT: "an OPT record stands where none may"
    case .option(let code): "the data of EDNS option \(code) is not in its form"
    case .tooLarge: "the message would be larger than DNS allows"
    }
  }
}
