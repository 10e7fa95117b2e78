import TestSupport
import Testing

/// `tcp probe`, `ping` and `trace` over routers and a firewall that really are there.
struct ReachTests {
  private static let web = """
    server python3 -m http.server -b :: 80 >/dev/null 2>&1 &
    until server ss -tln | grep -q :80; do sleep 0.1; done
    """

  @Test func portsAreOpenClosedFilteredOrUnreachable() throws {
    let said = try ThreeRouters.run(
      """
      \(Self.web)
      client $nsh -c 'tcp probe 10.0.4.2 79..84 --timeout 1s | select port state reason from'
      client $nsh -c 'tcp probe fd00:4::2 80..82 --timeout 1s | select port state reason from'
      client $nsh -c 'for host in [10.0.5.1 10.0.5.2 10.0.5.3 10.9.1.1 10.77.1.1] {
        let r = tcp probe $host 80 --timeout 1500ms
        "$host ${$r[0].state} ${$r[0].reason} ${$r[0].from}"
      }'
      """)
    #expect(
      said == """
        port\tstate\treason\tfrom
        79\tclosed\tRST\t10.0.4.2
        80\topen\tSYN-ACK\t10.0.4.2
        81\tfiltered\tsilence\t
        82\tunreachable\tport unreachable\t10.0.4.2
        83\tclosed\tRST\t10.0.4.2
        84\tunreachable\tcommunication administratively prohibited\t10.0.4.2
        port\tstate\treason\tfrom
        80\topen\tSYN-ACK\tfd00:4::2
        81\tfiltered\tsilence\t
        82\tunreachable\tport unreachable\tfd00:4::2
        10.0.5.1 unreachable host unreachable 10.0.3.2
        10.0.5.2 unreachable communication administratively prohibited 10.0.3.2
        10.0.5.3 filtered silence null
        10.9.1.1 unreachable network unreachable 10.0.2.2
        10.77.1.1 unreachable network unreachable 10.0.1.2

        """)
  }

  @Test func manyPortsAtOnce() throws {
    let said = try ThreeRouters.run(
      """
      \(Self.web)
      client $nsh -c 'let start = now
        let all = tcp probe 10.0.4.2 1..1024 --parallel 200 --timeout 1s
        ["open" "closed" "filtered"] | each {|s| "$s ${$all | where {|p| $p.state == $s} | count}"}
        (now) - $start < 10s'
      """)
    #expect(said.contains("closed 1020") && said.contains("open 1\n") && said.contains("filtered 1\n"), "\(said)")
    #expect(said.hasSuffix("true\n"), "\(said)")
  }

  @Test func aPingByEachMeansThatTheKernelLets() throws {
    let ask = "'let p = ping 10.0.4.2 --count 3 --interval 20ms --summary; \"$p.method, $p.received of $p.sent\"'"
    let said = try ThreeRouters.run(
      """
      client $nsh -c \(ask)
      client setpriv --bounding-set -net_raw $nsh -c \(ask)
      client sysctl -qw net.ipv4.ping_group_range='0 0'
      client setpriv --bounding-set -net_raw $nsh -c \(ask)
      client $nsh -c 'ping 10.0.4.2 --count 1 | select sequence from answer bytes ttl' 2>/dev/null
      client $nsh -c 'ping fd00:4::2 --count 1 | select sequence from answer bytes ttl' 2>/dev/null
      client ping -c 1 10.0.4.2 | grep -o '64 bytes from 10.0.4.2: icmp_seq=1 ttl=61'
      """)
    #expect(
      said == """
        ICMP, raw socket, 3 of 3
        UDP to closed ports, 3 of 3
        ICMP, datagram socket, 3 of 3
        sequence\tfrom\tanswer\tbytes\tttl
        1\t10.0.4.2\techo reply\t64\t61
        sequence\tfrom\tanswer\tbytes\tttl
        1\tfd00:4::2\techo reply\t64\t61
        64 bytes from 10.0.4.2: icmp_seq=1 ttl=61

        """)
  }

  /// The same with raw sockets, and with datagram sockets after the kernel was told to allow them.
  @Test func aPingSaysWhatCameInsteadOfAnAnswer() throws {
    let asks = """
      client $nsh -c 'ping 10.0.4.2 --ttl 2 --count 1 | select from answer' 2>/dev/null
      client $nsh -c 'ping 10.0.5.1 --count 1 | select from answer' 2>/dev/null
      client $nsh -c 'ping 10.0.5.3 --count 2 --interval 10ms --timeout 100ms | select from answer' 2>/dev/null
      """
    let said = try ThreeRouters.run(asks + "\nclient sysctl -qw net.ipv4.ping_group_range='0 0'\n" + asks)
    let once = """
      from\tanswer
      10.0.2.2\ttime exceeded in transit
      from\tanswer
      10.0.3.2\thost unreachable
      from\tanswer
      \tsilence
      \tsilence

      """
    #expect(said == once + once)
  }

  @Test func theWayAndItsMTUWithoutRoot() throws {
    let trace = "$nsh -c 'trace 10.0.4.2 --timeout 500ms | select hop address answer mtu'"
    let said = try ThreeRouters.run(
      """
      client setpriv --bounding-set -net_raw --inh-caps -all \(trace)
      client $nsh -c 'trace fd00:4::2 --tries 1 | select hop address answer mtu'
      client $nsh -c 'trace 10.0.5.2 --tries 1 | last | get answer'
      client $nsh -c 'trace 10.0.5.3 --tries 1 --timeout 200ms --max-hops 5 | get answer'
      client traceroute -n -q 1 10.0.4.2 | awk 'NR > 1 { print $1, $2 }'
      """)
    #expect(
      said == """
        hop\taddress\tanswer\tmtu
        1\t10.0.1.2\ttime exceeded in transit\t1500
        2\t10.0.2.2\ttime exceeded in transit\t1500
        3\t10.0.3.2\ttime exceeded in transit\t1400
        4\t10.0.4.2\tport unreachable\t1400
        hop\taddress\tanswer\tmtu
        1\tfd00:1::2\thop limit exceeded in transit\t1500
        2\tfd00:2::2\thop limit exceeded in transit\t1500
        3\tfd00:3::2\thop limit exceeded in transit\t1400
        4\tfd00:4::2\tport unreachable\t1400
        communication administratively prohibited
        time exceeded in transit
        time exceeded in transit
        silence
        silence
        silence
        1 10.0.1.2
        2 10.0.2.2
        3 10.0.3.2
        4 10.0.4.2

        """)
  }

  @Test func datagramsOverRouters() throws {
    let said = try ThreeRouters.run(
      """
      server timeout 50 socat UDP4-LISTEN:7,fork EXEC:cat &
      server timeout 50 ncat -u -l -k --sh-exec 'cat' 8 &
      sleep 0.5
      client $nsh -c 'let c = udp connect 10.0.4.2:7; send $c "by socat"; recv $c --timeout 5s'; echo
      client $nsh -c 'let c = udp connect 10.0.4.2 8 --bind :5000; send $c "by ncat"; recv $c --timeout 5s'; echo
      client $nsh -c 'for to in [10.0.4.2:9 10.0.5.1:9 10.0.5.2:9 10.9.1.1:9 [fd00:4::2]:9] {
        try { let c = udp connect $to; send $c x; recv $c --timeout 2s } catch e { "$to $e.code ${$e.causes[0].message}" }
      }'
      client $nsh -c 'let c = udp open --ttl 2; send $c x --to 10.0.4.2:9
        try { recv $c --timeout 2s } catch e { $e.causes[0].message }'
      """)
    #expect(
      said == """
        by socat
        by ncat
        10.0.4.2:9 ECONNREFUSED 10.0.4.2 answered to what went to 10.0.4.2:9: port unreachable (type 3, code 3)
        10.0.5.1:9 EHOSTUNREACH 10.0.3.2 answered to what went to 10.0.5.1:9: host unreachable (type 3, code 1)
        10.0.5.2:9 EHOSTUNREACH 10.0.3.2 answered to what went to 10.0.5.2:9: communication administratively prohibited (type 3, code 13)
        10.9.1.1:9 ENETUNREACH 10.0.2.2 answered to what went to 10.9.1.1:9: network unreachable (type 3, code 0)
        [fd00:4::2]:9 ECONNREFUSED fd00:4::2 answered to what went to [fd00:4::2]:9: port unreachable (type 1, code 4)
        10.0.2.2 answered to what went to 10.0.4.2:9: time exceeded in transit (type 11, code 0)

        """)
  }

  @Test func groupsAndBroadcasts() throws {
    let hear = """
      import socket, struct, sys
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("", 5353))
      s.setsockopt(0, 35, struct.pack("4s4si", socket.inet_aton("224.0.0.251"), bytes(4), socket.if_nametoindex("w1")))
      s.settimeout(20)
      for _ in range(2): print(s.recv(99).decode(), flush=True)
      s.sendto(b"from python", ("10.0.1.1", 5354))
      """
    let said = try ThreeRouters.run(
      """
      ip netns exec r1 python3 -c '\(hear)' & hearing=$!
      sleep 0.7
      client $nsh -c 'let s = udp bind 0.0.0.0:5354
        let c = udp open --interface e1; send $c "to the group" --to 224.0.0.251:5353
        let b = udp open --broadcast; send $b "to all" --to 10.0.1.255:5353
        recv $s --from --timeout 10s | get data'; echo
      wait $hearing
      ip netns exec r1 $nsh -c 'let s = udp bind 0.0.0.0:5355; udp join $s 239.9.9.9 --interface w1 --source 10.0.1.1
        let t = udp bind [::]:5355; udp join $t ff02::99 --interface w1
        recv $s --timeout 10s; "\n"; recv $t --timeout 10s; "\n"' &
      sleep 0.7
      client $nsh -c 'let c = udp open --interface e1 --ttl 1; send $c "one source" --to 239.9.9.9:5355
        let d = udp open -6 --interface e1; send $d "six" --to [ff02::99]:5355'
      wait $!
      """)
    #expect(said.split(separator: "\n").sorted() == ["from python", "one source", "six", "to all", "to the group"])
  }

  @Test func interruptedOrTimedOutInEachWait() throws {
    let said = try ThreeRouters.run(
      """
      for line in 'tcp probe 10.0.5.3 80 --timeout 1h' 'ping 10.0.5.3 --timeout 1h' 'trace 10.0.5.3 --timeout 1h'; do
        client timeout -s INT 0.5 $nsh -c "$line" >/dev/null 2>&1 || echo "$?"
        client $nsh -c "within 200ms { $line | count }" >/dev/null 2>&1 || echo "$?"
      done
      """)
    #expect(said == "124\n28\n124\n28\n124\n28\n")
  }
}
