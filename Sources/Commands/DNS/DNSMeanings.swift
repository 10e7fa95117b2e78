import Wire

/// What the fields of a message mean, for `dns explain`.
enum DNSMeanings {
  /// Gives the meaning of a field: what its value says, or what it is for.
  static func meaning(of annotation: Annotation, in message: [UInt8]) -> String {
    let bytes = Array(message[annotation.range])
    if annotation.field == "flags", bytes.count == 2 {
      return flags(MessageFlags(rawValue: UInt16(bytes[0]) << 8 | UInt16(bytes[1])))
    }
    if let count = counts[annotation.field] { return count }
    let parts = annotation.field.split(separator: ",", maxSplits: 1)
    guard parts.count == 2 else { return header[annotation.field] ?? "" }
    let field = String(parts[1].dropFirst())
    switch field {
    case "name":
      if parts[0].hasPrefix("question") { return "the name that is asked for" }
      return annotation.value == "." ? "the root: of no name" : "whose record it is"
    case "type": return types[annotation.value] ?? "which kind of record"
    case "class": return annotation.value == "IN" ? "the Internet" : "another network than the Internet"
    case "TTL": return "for how long it may be kept"
    case "extended response code": return "the upper 8 bits of the response code"
    default:
      if field.hasPrefix("option ") { return options[String(field.dropFirst(7))] ?? "an option of EDNS" }
      return fields[field] ?? ""
    }
  }

  /// Spells all bits of the second word of the header.
  private static func flags(_ flags: MessageFlags) -> String {
    bits(of: flags).map { bit in
      let separator = bit.name == "RCODE" && !bit.meaning.isEmpty ? ", " : bit.meaning.isEmpty ? "" : " "
      return "\(bit.name) \(bit.value)\(separator)\(bit.meaning)"
    }.joined(separator: "; ")
  }

  /// All bits of the second word of the header (RFC 1035 §4.1.1), AD and CD of RFC 4035.
  static func bits(of flags: MessageFlags) -> [(name: String, value: String, meaning: String, place: String)] {
    func bit(
      _ name: String, _ isSet: Bool, _ yes: String, _ no: String, _ place: String = "RFC 1035 §4.1.1"
    ) -> (String, String, String, String) { (name, isSet ? "1" : "0", isSet ? yes : no, place) }
    let code = ResponseCode(rawValue: flags.rawValue & 0xF)
    return [
      bit("QR", flags.isResponse, "an answer", "a query"),
      ("OPCODE", "\(flags.opcode.rawValue) \(flags.opcode)", "", "RFC 1035 §4.1.1"),
      bit("AA", flags.isAuthoritative, "from who has the zone", "without authority"),
      bit("TC", flags.isTruncated, "cut", "whole"),
      bit("RD", flags.recursionDesired, "shall be followed", "shall not be followed"),
      bit("RA", flags.recursionAvailable, "the server follows", "the server does not follow"),
      bit("AD", flags.isAuthenticated, "held to be authentic", "not said to be authentic", "RFC 4035 §3.2.3"),
      bit("CD", flags.checkingDisabled, "signatures unchecked", "signatures checked", "RFC 4035 §3.2.2"),
      ("RCODE", "\(code.rawValue) \(code)", code.meaning ?? "", "RFC 1035 §4.1.1"),
    ]
  }

  private static let header = ["id": "names the query; its answer repeats it"]

  private static let counts = [
    "number of questions": "how many questions follow", "number of answers": "how many records answer",
    "number of authority records": "how many records say who is responsible",
    "number of additional records": "how many records help besides",
  ]

  private static let types = [
    "A": "an IPv4 address", "AAAA": "an IPv6 address", "NS": "a server of the zone", "CNAME": "another name for it",
    "DNAME": "another name for all below it", "SOA": "the start of a zone", "PTR": "the name of an address",
    "MX": "who takes its mail",
    "TXT": "text", "SRV": "where a service is", "NAPTR": "a rule that makes addresses of names",
    "CAA": "who may issue certificates",
    "SVCB": "how a service is reached", "HTTPS": "how a web server is reached", "DS": "the key of the zone below",
    "DNSKEY": "a key of the zone", "RRSIG": "a signature", "NSEC": "the next name there is",
    "NSEC3": "the next name there is, hashed",
    "NSEC3PARAM": "how names are hashed", "TLSA": "the certificate of a service", "SSHFP": "the key of an SSH server",
    "URI": "a URI",
    "LOC": "a place on Earth", "HINFO": "the kind of a host", "OPT": "the extension of the message, EDNS",
    "ANY": "all there is",
    "AXFR": "the whole zone",
  ]

  private static let options = [
    "nsid": "the server's own name", "client-subnet": "the network that asks, and for which one the answer holds",
    "cookie": "shows that both have spoken before", "keepalive": "how long the connection may stay open",
    "padding": "hides the length", "extended-error": "why the answer is as it is",
  ]

  private static let fields = [
    "length of the data": "how many bytes of data follow", "UDP payload size": "how much the sender takes by UDP",
    "version": "of EDNS", "flags": "bits", "length of the options": "how many bytes of options follow",
    "address": "where it is",
    "target": "the name that it leads to", "preference": "the lowest is tried first",
    "exchange": "the host that takes the mail",
    "mname": "the first server of the zone", "rname": "who is responsible, the first dot an @",
    "serial": "rises with each change", "refresh": "after how many seconds other servers look for changes",
    "retry": "after how many seconds they try again", "expire": "after how many seconds without success they give up",
    "minimum": "for how many seconds a `no` may be kept", "priority": "the lowest is tried first",
    "weight": "its share among equals", "port": "where the service listens", "strings": "texts of up to 255 bytes",
    "cpu": "the machine", "os": "its system", "covered": "the type that is signed",
    "algorithm": "by number, of IANA's registry",
    "labels": "how many labels the signed name has", "original-ttl": "the TTL that was signed",
    "expiration": "valid until",
    "inception": "valid from", "key-tag": "which key", "signer": "whose key", "signature": "the signature itself",
    "next": "the next name there is: none lies between", "types": "the types that the name has",
    "iterations": "how often it is hashed more",
    "salt": "what is hashed with it", "digest": "the hash itself", "digest-type": "by number, of IANA's registry",
    "key": "the key itself",
    "protocol": "always 3", "tag": "what is said", "value": "the value of it",
    "usage": "how the certificate is to be used",
    "selector": "the whole certificate, or its key", "matching": "as it is, or which hash",
    "association": "the certificate, key or hash",
    "fingerprint": "the hash of the key", "order": "the lowest is taken", "services": "for which services",
    "regexp": "how the name is made",
    "replacement": "the name that comes next", "parameters": "how it is to be reached",
    "location": "where, how large, how exact",
    "data": "bytes of a type that is not known",
  ]
}
