import System
import TestSupport
import Testing

/// A walk and a transfer show what has come while the servers still think about the rest.
struct RowByRowTests {
  /// A server that says its first part at once and the second when the file `go` is there; it prints its port when it listens.
  private func server(_ part: String, in folder: TemporaryFolder) throws -> (program: Program, port: String) {
    let program = try Program("/usr/bin/python3", "-c", Self.common + part, folder.path + "/go", KnotTree.network)
    return (program, try program.line())
  }

  @Test func aWalkShowsEachServerAsItAnswers() throws {
    let folder = try TemporaryFolder()
    let (root, port) = try server(Self.tree, in: folder)
    let trace = "dns trace www.slow.test A --root @\(KnotTree.network).20:\(port) --timeout 120s"
    let nsh = try Program(Tree.nsh, "-c", "\(trace) | each {|hop| print $hop.result}")
    #expect(try nsh.line() == "referral")
    try folder.write("go", [])
    let (rest, status) = try nsh.finish()
    #expect(String(decoding: rest, as: UTF8.self) == "answer\n" && status == 0)
    withExtendedLifetime(root) {}
  }

  @Test func aTransferShowsRecordsBeforeItsEnd() throws {
    let folder = try TemporaryFolder()
    let (primary, port) = try server(Self.transfer, in: folder)
    let transfer = "dns zone slow.test @127.0.0.1:\(port) --timeout 120s"
    let nsh = try Program(Tree.nsh, "-c", "\(transfer) | each {|record| print \"${$record.type} ${$record.data}\"}")
    #expect(try nsh.line().hasPrefix("SOA "))
    #expect(try nsh.line() == "A 192.0.2.1")
    try folder.write("go", [])
    let (rest, status) = try nsh.finish()
    #expect(String(decoding: rest, as: UTF8.self) == "A 192.0.2.2\n" && status == 0)
    withExtendedLifetime(primary) {}
  }

  private static let common = """
    import os, socket, struct, sys, time
    import dns.flags, dns.message, dns.rrset

    def wait():
        end = time.time() + 120
        while not os.path.exists(sys.argv[1]) and time.time() < end:
            time.sleep(0.02)

    def reply(wire, sections):
        answer = dns.message.make_response(dns.message.from_wire(wire))
        if 'answer' in sections:
            answer.flags |= dns.flags.AA
        for section, lines in sections.items():
            for name, kind, data in lines:
                getattr(answer, section).append(dns.rrset.from_text(name, 60, 'IN', kind, data))
        return answer.to_wire()

    SOA = ('slow.test.', 'SOA', 'ns.slow.test. admin.slow.test. 1 2 3 4 5')

    """

  private static let tree = """
    import threading
    network = sys.argv[2]
    upper = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    upper.bind((network + '.20', 0))
    port = upper.getsockname()[1]
    lower = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    lower.bind((network + '.21', port))
    print(port, flush=True)

    def referring():
        while True:
            wire, peer = upper.recvfrom(4096)
            upper.sendto(reply(wire, {'authority': [('slow.test.', 'NS', 'ns.slow.test.')],
                                      'additional': [('ns.slow.test.', 'A', network + '.21')]}), peer)

    threading.Thread(target=referring, daemon=True).start()
    while True:
        wire, peer = lower.recvfrom(4096)
        wait()
        lower.sendto(reply(wire, {'answer': [('www.slow.test.', 'A', '192.0.2.7')]}), peer)
    """

  private static let transfer = """
    listener = socket.create_server(('127.0.0.1', 0))
    print(listener.getsockname()[1], flush=True)
    client, _ = listener.accept()
    stream = client.makefile('rwb')
    wire = stream.read(struct.unpack('!H', stream.read(2))[0])

    def say(*records):
        message = reply(wire, {'answer': records})
        stream.write(struct.pack('!H', len(message)) + message)
        stream.flush()

    say(SOA, ('a.slow.test.', 'A', '192.0.2.1'))
    wait()
    say(('b.slow.test.', 'A', '192.0.2.2'), SOA)
    client.shutdown(socket.SHUT_WR)
    stream.read()
    """
}
