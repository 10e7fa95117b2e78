import TestSupport
import Testing

/// Packets whose headers lie about their lengths, made with `packet build` and judged by tshark.
@Suite struct PacketLieTests {
  private static let ip = "source: 192.0.2.1, destination: 198.51.100.2"
  private static let tcp = "source: 40000, destination: 80, flags: SYN"
  private static let udp = "source: 40000, destination: 9"

  @Test(arguments: [
    ("{ip: {\(ip)}, tcp: {\(tcp), data-offset: 3}, data: hello}", "Bogus TCP header length (12, must be at least 20)"),
    ("{ip: {\(ip)}, tcp: {\(tcp), data-offset: 15}, data: hello}", "Malformed Packet: TCP"),
    ("{ip: {\(ip), header-length: 3}, udp: {\(udp)}, data: hello}", "Bogus IP header length (12, must be at least 20)"),
    ("{ip: {\(ip), header-length: 15}, udp: {\(udp)}, data: hello}", "Bogus IP length"),
    ("{ip: {\(ip), total-length: 9}, udp: {\(udp)}, data: hello}", "Bogus IP length"),
    ("{ip: {\(ip)}, udp: {\(udp), length: 3}, data: hello}", "Bad length value 3 < 8"),
    ("{ip: {\(ip)}, udp: {\(udp)}, data: hello}", "\n"),
  ]) func tsharkSeesTheLie(_ record: String, _ wanted: String) throws {
    let shell = Shell()
    let hex = shell.run("packet build \(record) | to hex").filter { !$0.isNewline }
    // A file of pcap with one packet that begins with IP (LINKTYPE_RAW).
    let said =
      try Python.run(
        """
        import struct, subprocess, sys, tempfile
        b = bytes.fromhex(sys.stdin.read().strip())
        with tempfile.NamedTemporaryFile(suffix='.pcap') as file:
          file.write(struct.pack('<IHHiIIIIIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101, 1, 0, len(b), len(b)) + b)
          file.flush()
          fields = ['-T', 'fields', '-e', '_ws.malformed', '-e', '_ws.expert.message']
          print(subprocess.run(['tshark', '-r', file.name, *fields], capture_output=True, text=True, timeout=60).stdout)
        """, lines: [hex]
      ).joined(separator: "\n") + "\n"
    if wanted == "\n" {
      let isQuiet = said.allSatisfy { $0.isWhitespace }
      #expect(isQuiet, "\(said)")
    } else {
      #expect(said.contains(wanted), "\(said)")
    }
    // What is computed anew is right.
    #expect(shell.run("(packet build \(record) --fresh | packet parse).problem == null") == "true\n")
  }
}
