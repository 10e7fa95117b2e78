import Commands
import Interpreter
import TestSupport
import Testing

/// The next steps of `explain`: each `rfc section N S` names a section of its document. The tables of the shell vouch for what they
/// have; what the code cites besides stands here with its title, so that nobody cites a section that he has not looked up.
@Suite struct ExplainedSectionTests {
  private static let titles = """
    791 3.1 Internet Header Format
    791 3.2 Discussion
    1034 3.1 Name space specifications and terminology
    1034 3.7 Queries
    1034 4.3.1 Queries and responses
    1035 2.3.4 Size limits
    1035 3.5 IN-ADDR.ARPA domain
    1035 4.1 Format
    1035 4.1.1 Header section format
    1035 4.1.2 Question section format
    1035 4.1.3 Resource record format
    1035 4.2.2 TCP usage
    1122 3.2.1.3 Addressing
    1950 2.2 Data format
    1952 2.3 Member format
    2083 3.1 PNG file signature
    2308 2.2 No Data
    2308 7.1 Server Failure
    2474 3 Differentiated Services Field Definition
    3056 2 IPv6 Prefix Allocation
    3168 5 Explicit Congestion Notification in IP
    3172 2 Purpose of the domain
    3339 5.6 Internet Date/Time Format
    3596 2.5 IP6.ARPA Domain
    3629 3 UTF-8 definition
    3986 3.1 Scheme
    3986 3.2.2 Host
    3986 3.2.3 Port
    3986 3.3 Path
    3986 3.4 Query
    4007 4 Address Scope
    4035 3.2.2 The CD Bit
    4035 3.2.3 The AD Bit
    4291 2.3 Text Representation of Address Prefixes
    4291 2.4 Address Type Identification
    4291 2.5.1 Interface Identifiers
    4291 2.5.6 Link-Local IPv6 Unicast Addresses
    4291 2.5.5.1 IPv4-Compatible IPv6 Address
    4291 2.5.5.2 IPv4-Mapped IPv6 Address
    4380 4 Model of Operation
    4443 2.1 Message General Format
    4632 3.1 Basic Concept and Prefix Notation
    4862 5.5 Creation of Global Addresses
    5246 7.1 Change Cipher Spec Protocol
    5246 7.2.2 Error Alerts
    5246 7.4.2 Server Certificate
    5246 7.4.3 Server Key Exchange Message
    5246 7.4.4 Certificate Request
    5246 7.4.5 Server Hello Done
    5246 7.4.7 Client Key Exchange Message
    5246 7.4.9 Finished
    5280 4.1 Basic Certificate Fields
    5890 2.3.2.1 IDNA-valid strings, A-label, and U-label
    5952 4 A Recommendation for IPv6 Text Representation
    6052 2.2 IPv4-Embedded IPv6 Address Format
    6066 8 Certificate Status Request
    6437 2 IPv6 Flow Label Specification
    6520 4 Heartbeat Request and Response Messages
    6724 3.2 Scope Comparisons
    6761 6.2 Domain Name Reservation Considerations for "test."
    6761 6.3 Domain Name Reservation Considerations for "localhost."
    6761 6.4 Domain Name Reservation Considerations for "invalid."
    6761 6.5 Domain Name Reservation Considerations for Example Domains
    6762 3 Multicast DNS Names
    6891 6.1 OPT Record Definition
    7686 2 The ".onion" Special-Use TLD
    7766 5 Transport Protocol Selection
    8020 2 Rules
    8200 3 IPv6 Header Format
    8200 4 IPv6 Extension Headers
    8259 3 Values
    8259 6 Numbers
    8446 1 Introduction
    8446 4 Handshake Protocol
    8446 4.1.2 Client Hello
    8446 4.1.3 Server Hello
    8446 4.1.4 Hello Retry Request
    8446 4.2 Extensions
    8446 4.4.4 Finished
    8446 5.1 Record Layer
    8446 5.2 Record Payload Protection
    8446 6 Alert Protocol
    8878 3.1.1 Zstandard Frames
    9110 4.2.1 http URI Scheme
    9110 4.2.2 https URI Scheme
    9110 4.2.4 Deprecation of userinfo in http(s) URIs
    9110 5.6.7 Date/Time Formats
    9110 6 Message Abstraction
    9110 6.4 Content
    9110 7.1 Determining the Target Resource
    9110 7.2 Host and :authority
    9110 8.6 Content-Length
    9110 9.1 Overview
    9110 10.2.3 Retry-After
    9110 15 Status Codes
    9110 15.2 Informational 1xx
    9110 15.3 Successful 2xx
    9110 15.4 Redirection 3xx
    9110 15.5 Client Error 4xx
    9110 15.6 Server Error 5xx
    9110 16.3 Field Extensibility
    9112 2.1 Message Format
    9112 2.2 Message Parsing
    9112 2.3 HTTP Version
    9112 3 Request Line
    9112 3.2.1 origin-form
    9112 3.2.2 absolute-form
    9112 3.2.3 authority-form
    9112 3.2.4 asterisk-form
    9112 4 Status Line
    9112 5 Field Syntax
    9112 5.2 Obsolete Line Folding
    9112 6.3 Message Body Length
    9112 7.1 Chunked Transfer Coding
    9112 7.1.1 Chunk Extensions
    9112 7.1.2 Chunked Trailer Section
    9112 9.3.2 Pipelining
    9293 2.2 Key TCP Concepts
    9293 3.1 Header Format
    9293 3.2 Specific Option Definitions
    9293 3.3.2 State Machine Overview
    9293 3.4 Sequence Numbers
    9293 3.5 Establishing a Connection
    9293 3.5.2 Reset Generation
    9293 3.6 Closing a Connection
    """

  /// The sections that stand in the shell's own tables, as `9110 8.6`.
  private static func tables() throws -> Set<String> {
    var known = Set(titles.split(separator: "\n").map { $0.split(separator: " ").prefix(2).joined(separator: " ") })
    for line in try Tree.read("\(Tree.root)/share/nsh/data/rfc-for.tsv").split(separator: "\n") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      if cells.count == 6, !cells[4].isEmpty { known.insert("\(cells[3]) \(cells[4])") }
    }
    return known
  }

  /// What `explain` and its decoders cite in their code: `RFC 9293 §3.3.2` within quotes.
  @Test func everyCitedSectionIsKnown() throws {
    let known = try Self.tables()
    let cited = /"RFC ([0-9]+) §([0-9A-Z]+(?:\.[0-9]+)*)/
    for folder in ["Commands/Teaching", "Wire/TLS/Explaining", "Wire/HTTP/Explaining"] {
      for file in try Tree.files(below: "Sources/\(folder)") {
        for match in try Tree.read("\(Tree.root)/\(file)").matches(of: cited) {
          let section = "\(match.output.1) \(match.output.2)"
          let isKnown = known.contains(section)
          #expect(isKnown, "\(file) cites RFC \(section), which nobody has looked up")
        }
      }
    }
  }

  /// What a choice of values is told: the documents that the offline table has, and sections that are known.
  @Test func everyNextStepCanBeTaken() throws {
    let known = try Self.tables()
    let shell = Shell()
    let values = [
      "192.168.1.1", "fe80::1", "10.0.0.0/8", "https://a.test:8443/b?c#d", "established", "TIME-WAIT", "5s", "10MB",
      "true", "example.test",
      "2026-11-23T05:12:29Z", "127.0.0.1:443", "(dns build a.test A | dns encode)", "(tcp listen :0)",
      "(udp connect 127.0.0.1:9)",
      #""GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n""#, "0x[15 03 03 00 02 02 28]", "0x[14 03 03 00 01 01]",
      "(packet build {ip: {source: 192.0.2.1, destination: 192.0.2.2}, tcp: {source: 53, destination: 9, flags: [SYN]}})",
    ]
    for value in values {
      let steps = shell.line("explain \(value) | get next").split(separator: "\n").filter {
        $0.hasPrefix("rfc section ")
      }
      #expect(!steps.isEmpty, "\(value)")
      for step in steps {
        let isKnown = known.contains(String(step.dropFirst("rfc section ".count)))
        #expect(isKnown, "\(value): \(step)")
      }
    }
  }
}
