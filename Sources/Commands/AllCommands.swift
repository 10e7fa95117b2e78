import Interpreter

/// The whole vocabulary, in the order in which `help` groups it. A command that is not listed here does not exist.
public let allCommands = CommandTable(
  [
    // The language
    help, print, type, call, exit, sleep,
    // The session and its surroundings
    input, standardInput, source, args, env, now, timeBlock, randomInt, randomFloat, randomBytes, randomChoice,
    randomShuffle, history, historySearch, historySave, theme,
    // Files
    open, save, append, ls, cd, pwd,
    // Lists and tables
    get, select, where_, each, first, last, count, lines,
    reduce, anyItem, allItems, sort, uniq, group, skip, reverse, zipWith, flatten, enumerate, chunks,
    sum, minOf, maxOf, mean, median, percentile,
    columns, insert, update, reject, renameField,
    // Text and bytes
    len, words, split, join, match, replace, trim, pad, upper, lower, startsWith, endsWith, contains, format,
    hexdump, slice, find,
    toHex, fromHex, toBase64, fromBase64, toBase32, fromBase32, toPercent, fromPercent, toUTF8, fromUTF8, toLatin1,
    fromLatin1, toBytes, fromBytes, toGzip, fromGzip, toDeflate, fromDeflate, fromBrotli, fromZstd, fromCharset, hash,
    hmac,
    // Formats
    toJSON, fromJSON, toNDJSON, fromNDJSON, toCSV, fromCSV, toTSV, fromTSV,
    // Connections
    tcpConnect, send, sendLine, recv, recvLine, recvUntil, recvAll, recvTo, expect, interact, shutdown, close, conn,
    connUse,
    // Listeners and servers
    tcpListen, unixConnect, unixListen, socket, bind, connect, listen, accept, tcpServe, unixServe, tcpRelay,
    // Datagrams, and reaching hosts
    udpConnect, udpOpen, udpBind, udpJoin, udpLeave, udpServe, tcpProbe, ping, trace,

    // What a socket is like
    info, conns, sockopt, tcpSyn, ladder,

    // Packets, header by header
    packetBuild, packetParse, packetReassemble,

    // TLS
    tlsConnect, tlsStart, tlsListen, tlsServe, tlsInfo, tlsHandshake, tlsUpdate, tlsCert, tlsCertRead,

    // Addresses and networks
    ipInfo, ipExplain, ipSplit, ipSubnets, ipHosts, ipPlan, ipNth, ipRandom, ipULA, ipEUI64, ipNAT64, ipReverse, ipMask,
    ipSameNetwork,

    // Sets of addresses, and routing by hand
    ipRange, ipAggregate, ipExclude, ipCommon, ipDiff, ipOverlaps, ipContains, ipFilter, ipSupernet, ipSort, ipTable,
    ipLookup,

    // This machine
    ipLink, ipAddr, ipRoute, ipRouteGet, ipNeigh, ipRule, ipWatch, sockets, port, portList,

    // DNS
    dns, dnsServe, dnsZone, dnsExplain, dnsDecode, dnsBuild, dnsEncode, dnsCompare, dnsTrace, dnsResolve,
    dnsCache, dnsCacheClear,

    // Requests of HTTP
    httpGet, httpHead, httpPost, httpPut, httpPatch, httpDelete, httpOptions, httpRequest, httpSession, httpCookies,
    httpConnections, httpClose,

    // Messages of HTTP in pieces
    httpBuild, httpSend, httpRead, httpParse, httpDechunk, httpExplain, httpImport, httpExport,

    // RFCs, and what things mean
    rfc, rfcTOC, rfcSection, rfcGrep, rfcGrammar, rfcSearch, rfcInfo, rfcTree, rfcFor, rfcCache, explain, why,

    // Web servers
    httpServe,

    // URLs
    urlParse, urlBuild, urlJoin, urlEncode, urlDecode, urlQuery,

    // Jobs
    spawn, wait, stop, jobs, sh,
    // The lab, and what went over the wire
    labStart, labStop, lab, labBreak, labMend, labCA, labMail, map, mapRemove, wire, wireKeep, wireSave, layers,
    // The wire, walked step by step
    step,
    // The stage, and the lessons
    resume, lesson, lessonCheck,
    // Networks of their own
    netns, netnsAdd, netnsLink, netnsRoute, netnsForward, netnsRun, netnsCheck, netnsDelete,
  ])
