/// Words that the standards of the network fix.
enum KnownWords {
  /// The methods of RFC 9110 §9.3, and PATCH of RFC 5789.
  static let methods = [
    Candidate("GET", "Asks for the resource."), Candidate("HEAD", "Asks for its header fields alone."),
    Candidate("POST", "Hands content over to be processed."), Candidate("PUT", "Replaces the resource."),
    Candidate("DELETE", "Removes the resource."), Candidate("CONNECT", "Asks a proxy for a tunnel."),
    Candidate("OPTIONS", "Asks what can be done."), Candidate("TRACE", "Asks for the request to come back."),
    Candidate("PATCH", "Changes part of the resource."),
  ]

  /// Fields that requests have, of RFC 9110, 9111, 9112, 6265 and 6455.
  static let headerFields = [
    Candidate("Accept", "media types that are welcome"), Candidate("Accept-Encoding", "codings that are understood"),
    Candidate("Accept-Language", "languages that are welcome"), Candidate("Authorization", "who asks, with the proof"),
    Candidate("Cache-Control", "what caches may do"), Candidate("Connection", "close, keep-alive, upgrade"),
    Candidate("Content-Encoding", "the coding of the content"), Candidate("Content-Length", "its length in bytes"),
    Candidate("Content-Type", "its media type"), Candidate("Cookie", "what the server gave to keep"),
    Candidate("Date", "when it was sent"), Candidate("Expect", "100-continue"),
    Candidate("From", "the address of a person"), Candidate("Host", "the authority that is asked"),
    Candidate("If-Match", "only if it is one of these"), Candidate("If-Modified-Since", "only if newer"),
    Candidate("If-None-Match", "only if it is none of these"), Candidate("If-Range", "a part only if it is the same"),
    Candidate("If-Unmodified-Since", "only if older"), Candidate("Max-Forwards", "how many proxies may pass it on"),
    Candidate("Origin", "the site that asks"), Candidate("Pragma", "no-cache, for old caches"),
    Candidate("Proxy-Authorization", "who asks the proxy"), Candidate("Range", "the part that is wanted"),
    Candidate("Referer", "where the link stood"), Candidate("TE", "transfer codings that are understood"),
    Candidate("Trailer", "fields behind the content"), Candidate("Transfer-Encoding", "chunked"),
    Candidate("Upgrade", "the protocol to change to"), Candidate("User-Agent", "the program that asks"),
    Candidate("Via", "the proxies on the way"),
  ]

  /// Types of DNS records, of the registry that RFC 6895 §3.1 describes.
  static let recordTypes = [
    Candidate("A", "an IPv4 address"), Candidate("AAAA", "an IPv6 address"), Candidate("ANY", "all there are"),
    Candidate("CAA", "who may certify"), Candidate("CNAME", "the real name"), Candidate("DNSKEY", "a zone's key"),
    Candidate("DS", "the digest of a child's key"), Candidate("HTTPS", "how to reach a web site"),
    Candidate("MX", "where mail goes"), Candidate("NAPTR", "rewriting of names"), Candidate("NS", "a name server"),
    Candidate("NSEC", "the next name"), Candidate("NSEC3", "the next hashed name"), Candidate("PTR", "a name"),
    Candidate("RRSIG", "a signature"), Candidate("SOA", "the start of a zone"), Candidate("SRV", "where a service is"),
    Candidate("SSHFP", "an SSH key's fingerprint"), Candidate("SVCB", "how to reach a service"),
    Candidate("TLSA", "a certificate's digest"), Candidate("TXT", "text"),
  ]
}
