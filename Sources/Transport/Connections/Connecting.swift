import Net

extension Connection {
  /// Connects to an endpoint over TCP: socket(2), connect(2), to each address of a name until one answers.
  ///
  /// The session's map is asked first, then the name look-up (`Candidates`); a literal address reaches neither look-up nor resolver, and
  /// `:8080` means this machine, 127.0.0.1 and ::1. Several addresses race as in RFC 8305: the next begins 250 ms after the
  /// one before, or as soon as that fails, and the first to connect wins.
  ///
  /// Errors: the code of the last address's system error (`ECONNREFUSED`, `ENETUNREACH`…), `timeout`, `interrupted`, or
  /// that of the look-up (`NXDOMAIN`…).
  public static func connect(
    tcp endpoint: Endpoint, _ context: NetworkContext, options: ConnectOptions = ConnectOptions()
  ) throws(TransportError) -> Connection {
    let id = context.numbering.nextConnection()
    let end = Deadline.after(context.limits.connect)
    let candidates = Candidates(id: id, asked: endpoint, options: options, context: context)
    let found = try candidates.find(before: min(end, context.deadline))
    var race = Race(id: id, options: options, context: context, end: end)
    let winner = try race.run(found)
    return Connection(
      id: id, descriptor: winner.descriptor, local: winner.local, remote: .endpoint(winner.candidate.endpoint),
      mappedFrom: winner.candidate.route.mappedFrom, asked: endpoint, attempts: race.attempts)
  }
}
