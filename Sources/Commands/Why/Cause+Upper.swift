import Net

// The causes that lie above the transport, and those of this machine.

extension Cause {
  // MARK: TLS

  static let speaksPlain = Cause(
    "speaks-plain", .tls, "the peer speaks another protocol there, without TLS", "tls-not-spoken", "tls-violation")
  static let speaksTLS = Cause("speaks-tls", .tls, "the peer wants TLS there", "http-not-http", "eof", "ECONNRESET")
  static let tlsSilent = Cause(
    "tls-silent", .tls, "the peer takes connections and says nothing to a ClientHello", "timeout")
  static let expired = Cause("certificate-expired", .tls, "the certificate has expired", "certificate-expired")
  static let notYetValid = Cause(
    "certificate-not-yet-valid", .tls, "the certificate is for later", "certificate-not-yet-valid")
  static let clockWrong = Cause(
    "clock-wrong", .system, "the clock of this machine is wrong", "certificate-expired", "certificate-not-yet-valid")
  static let wrongName = Cause("certificate-name", .tls, "the certificate is for other names", "certificate-name")
  static let selfSigned = Cause(
    "self-signed", .tls, "the server signed its certificate itself", "certificate-self-signed")
  static let unknownCA = Cause(
    "unknown-authority", .tls, "an authority issued the certificate that is not trusted here", "certificate-unknown-ca")
  static let missingIntermediate = Cause(
    "missing-intermediate", .tls, "the server does not send the certificate of its issuer", "certificate-unknown-ca")
  static let revoked = Cause("revoked", .tls, "the issuer has revoked the certificate", "certificate-revoked")
  static let badCertificate = Cause(
    "bad-certificate", .tls, "a check of the certificate is not passed", "certificate-weak", "certificate-constraints",
    "certificate-not-a-ca", "certificate-purpose", "certificate-crl", "certificate-invalid", "certificate-signature")
  static let versionTooOld = Cause(
    "no-common-version", .tls, "the two share no version of TLS", "tls-version", "tls-alert-protocol-version")
  static let noSharedCipher = Cause(
    "no-shared-cipher", .tls, "the two share no cipher suite, group or signature", "handshake-failure",
    "tls-alert-insufficient-security")
  static let clientCertificate = Cause(
    "client-certificate-wanted", .tls, "the server wants a certificate of the client", "handshake-failure",
    "tls-alert-certificate-required", "tls-alert-bad-certificate", "certificate-missing")
  static let wrongServerName = Cause(
    "unknown-server-name", .tls, "no server of that name is there (RFC 6066 §3)", "tls-alert-unrecognized-name")
  static let intercepted = Cause(
    "intercepted", .tls, "somebody between reads along: a proxy of the company, a portal, an attacker",
    "certificate-self-signed", "certificate-unknown-ca", "certificate-name")
  static let breaksTLS = Cause("breaks-tls", .tls, "the peer does not keep to TLS", "tls-violation", "tls-truncated")

  // MARK: HTTP

  static let breaksHTTP = Cause(
    "breaks-http", .http, "the peer does not keep to HTTP", "http-length-and-chunked", "http-content-lengths-differ",
    "http-bad-chunk-size", "http-bad-field", "http-bad-status-line", "http-bad-content-length", "http-bare-cr",
    "http-control-character", "http-folded-field", "http-space-before-colon", "http-bad-chunk-end",
    "http-bad-chunk-line")
  static let headTooLarge = Cause(
    "head-too-large", .http, "the head of the response is larger than any sound one", "http-header-too-large")
  static let bodyCut = Cause("cut-off", .http, "the peer stopped before the body was complete", "http-body-truncated")
  static let wrongService = Cause(
    "wrong-service", .http, "another protocol answers at that port", "http-not-http", "tls-not-spoken")
  static let redirectLoop = Cause(
    "redirect-loop", .http, "the server sends its client round in a circle", "http-redirect-loop",
    "http-redirect-limit", "too-many-redirects")
  static let captivePortal = Cause(
    "captive-portal", .http, "this network wants a login first, and answers in the place of others", "captive-portal",
    "http-status", "certificate-name", "not-json", "not-csv", "not-tsv")
  static let credentialsWanted = Cause(
    "credentials-wanted", .http, "the server wants to know who asks (RFC 9110 §15.5.2)", "http-status")
  static let forbidden = Cause("forbidden", .http, "who asks may not have it (RFC 9110 §15.5.4)", "http-status")
  static let notThere = Cause(
    "not-there", .http, "there is nothing at that path (RFC 9110 §15.5.5)", "http-status", "no-such-rfc")
  static let methodNotAllowed = Cause(
    "method-not-allowed", .http, "that method is not for this resource (RFC 9110 §15.5.6)", "http-status")
  static let tooManyRequests = Cause(
    "too-many-requests", .http, "the server wants fewer requests (RFC 6585 §4)", "http-status")
  static let badRequest = Cause("bad-request", .http, "the server does not accept the request", "http-status")
  static let serverFault = Cause("server-fault", .http, "the server has a fault of its own", "http-status")
  static let backendFault = Cause(
    "backend-fault", .http, "the server answers, but what stands behind it does not", "http-status")
  static let overloaded = Cause(
    "unavailable", .http, "the server is overloaded or under repair (RFC 9110 §15.6.4)", "http-status")
  static let proxyCredentials = Cause(
    "proxy-credentials-wanted", .proxy, "the proxy wants to know who asks (RFC 9110 §15.5.8)", "proxy-refused",
    "http-status")
  static let proxyForbids = Cause("proxy-forbids", .proxy, "the proxy does not let this through", "proxy-refused")
  static let proxyAbsent = Cause(
    "no-proxy-there", .proxy, "no proxy listens where the settings have one", "ECONNREFUSED")

  // MARK: This machine

  static let addressInUse = Cause("address-in-use", .system, "another socket has that address and port", "EADDRINUSE")
  static let addressNotHere = Cause(
    "address-not-here", .system, "no interface of this machine has that address", "EADDRNOTAVAIL")
  static let privilegedPort = Cause(
    "privileged-port", .system, "ports that low are for root or CAP_NET_BIND_SERVICE", "EACCES")
  static let descriptorsExhausted = Cause(
    "descriptors-exhausted", .system, "this process may not open more files and sockets", "EMFILE", "ENFILE")
  static let socketMissing = Cause("socket-missing", .unix, "there is no such socket", "ENOENT")
  static let socketForbidden = Cause("socket-forbidden", .unix, "this user may not use that socket", "EACCES")
  static let socketAbandoned = Cause(
    "socket-abandoned", .unix, "the socket's file is there, but no program listens any more", "ECONNREFUSED")
  static let notASocket = Cause("not-a-socket", .unix, "the file is no socket", "ECONNREFUSED")
  static let wrongKindOfSocket = Cause("wrong-kind-of-socket", .unix, "the socket is of the other kind", "EPROTOTYPE")

  /// All of them, in the order in which they are thought of.
  static let all: [Cause] = [
    portOutOfRange, nothingListens, noDatagramListener, boundElsewhere, otherFamily, wrongPort, firewallDrops,
    firewallRejects, ownFirewall, hostDown, privateUnreachable, datagramSilence, badName, misspelt, noSuchName,
    noAddress,
    lameDelegation, resolverFails, resolverRefuses, resolverAbsent, resolverSilent, dnsOverTCP, dnsMalformed, noRoute,
    routeUnreachable,
    routeProhibits, routeBlackhole, interfaceDown,
    noNeighbour, routerKnowsNoHost, routerKnowsNoWay, sourceNotHere, familyMissing, datagramTooLarge, mtuBlackHole,
    peerSilent,
    bodyStalls, peerResets, peerCloses, connectionGone, speaksPlain,
    speaksTLS, tlsSilent, expired, notYetValid, clockWrong, wrongName, selfSigned, missingIntermediate, unknownCA,
    revoked, badCertificate, versionTooOld, noSharedCipher, clientCertificate, wrongServerName, breaksTLS, intercepted,
    breaksHTTP, headTooLarge, bodyCut, wrongService, redirectLoop, captivePortal, credentialsWanted, forbidden,
    notThere, methodNotAllowed, tooManyRequests, badRequest, serverFault, backendFault, overloaded, proxyCredentials,
    proxyForbids, proxyAbsent, addressInUse, addressNotHere, privilegedPort, descriptorsExhausted, socketMissing,
    socketForbidden, socketAbandoned, notASocket, wrongKindOfSocket,
  ]
}

extension Layer {
  static let ip = Layer(rawValue: "ip")
  static let link = Layer(rawValue: "link")
  static let proxy = Layer(rawValue: "proxy")
}
