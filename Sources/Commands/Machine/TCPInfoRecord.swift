import Interpreter
import Net
import Wire

extension TCPInfo {
  /// The facts under the names that tcp(7) and ss(8) gave them; times are durations, a missing value is null.
  var record: Record {
    Record([
      "rtt": .duration(TimeSpan(nanoseconds: Int64(rtt) * 1000)),
      "rttvar": .duration(TimeSpan(nanoseconds: Int64(rttVariance) * 1000)), "min-rtt": Value(microseconds: minimalRTT),
      "rto": Value(microseconds: retransmissionTimeout), "cwnd": .int(Int(congestionWindow)),
      "ssthresh": Value(slowStartThreshold), "mss": .int(Int(sendMSS)), "receive-mss": .int(Int(receiveMSS)),
      "advertised-mss": .int(Int(advertisedMSS)), "path-mtu": .int(Int(pathMTU)),
      "retransmits": .int(Int(totalRetransmitted)), "retransmitting": .int(Int(retransmits)),
      "lost": .int(Int(lost)), "unacknowledged": .int(Int(unacknowledged)), "unsent": Value(unsent),
      "segments-out": Value(segmentsOut), "segments-in": Value(segmentsIn),
      "data-segments-out": Value(dataSegmentsOut), "data-segments-in": Value(dataSegmentsIn),
      "bytes-sent": Value(bytesSent), "bytes-acknowledged": Value(bytesAcknowledged),
      "bytes-received": Value(bytesReceived), "bytes-retransmitted": Value(bytesRetransmitted),
      "send-window": Value(sendWindow), "receive-window": Value(receiveWindow),
      "options": Value(options), "send-scale": .int(Int(sendScale)), "receive-scale": .int(Int(receiveScale)),
      "congestion-state": .string(congestionState), "delivery-rate": Value(deliveryRate),
      "pacing-rate": Value(pacingRate), "last-sent": Value(milliseconds: lastSent),
      "last-received": Value(milliseconds: lastReceived), "last-acknowledged": Value(milliseconds: lastAcknowledged),
    ])
  }
}
