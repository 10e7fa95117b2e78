import Net
import Wire

extension DNSTrace {
  /// One server of a zone, and what came of it.
  public struct Hop: Sendable {
    public enum Outcome: Sendable {
      case answer
      /// The name or the type does not exist, says the zone itself.
      case nothing
      /// The servers of a zone below.
      case referral(to: DomainName, servers: [DomainName], glue: [Address])
      /// The answer is another name, and the walk begins anew.
      case alias(DomainName)
      /// It is named as a server of the zone, and does not speak for it; the reason.
      case lame(String)
      /// It cannot be asked: its name lies in the zone that it serves, and the zone above gave no address.
      case noGlue
      /// It cannot be asked: its address is to be had only from a zone that waits for this one.
      case loop
      case failed(DNSClientError)
    }

    /// The zone whose server it is.
    public let zone: DomainName
    /// The server by name; nil where only its address was given.
    public let name: DomainName?
    /// Where it was asked; nil where that could not be found.
    public let server: DNSServer?
    public let question: Question
    public let reply: DNSReply?
    public let outcome: Outcome
    /// How deep in look-ups of the addresses of name servers it was asked, 0 for the question itself.
    public let depth: Int
  }
}
