// The nearest that YARA can do for the rules of default-60.ward: their literals and patterns in the bytes of the message.
// What counts over time or compares fields keeps only its condition on the text.

rule scan_user_agent {
  strings:
    $a0 = "friendly-scanner" nocase
    $a1 = "friendly-request" nocase
    $a2 = "sipvicious" nocase
    $a3 = "sundayddr" nocase
    $a4 = "siparmyknife" nocase
    $a5 = /sip-?scan/ nocase
    $a6 = /sipcli\/v?[0-9]/ nocase
    $a7 = "sipscan" nocase
    $a8 = /svmap|svwar|svcrack/ nocase
    $a9 = "pplsip" nocase
    $a10 = "vaxsipuseragent" nocase
    $a11 = "vaxipuseragent" nocase
    $a12 = "sivus" nocase
    $a13 = /\biwar\b/ nocase
    $a14 = /User-Agent: smap/ nocase
    $a15 = /User-Agent: gulp/ nocase
    $a16 = /sip.?crack/ nocase
    $a17 = "sippts" nocase
    $a18 = /mr\.?sip/ nocase
    $a19 = "viproy" nocase
    $a20 = "sipsploit" nocase
    $a21 = "metasploit" nocase
    $a22 = "eyebeam release 3006o" nocase
    $a23 = "zgrab" nocase
    $a24 = "masscan" nocase
    $a25 = /\bnmap\b/ nocase
  condition:
    any of them
}

rule scan_sipvicious {
  strings:
    $a0 = /branch=z9hG4bK-[0-9]{1,10}[;\r]/
    $a1 = "sipvicious" nocase
    $a2 = "@1.1.1.1"
  condition:
    2 of them
}

rule scan_sippts {
  strings:
    $a0 = /branch=z9hG4bK[A-Za-z]{64}[;\r]/
    $a1 = /Call-ID: [0-9a-f]{32}\r/
    $a2 = "s=SIPPTS"
  condition:
    2 of them
}

rule auth_bruteforce {
  strings:
    $a0 = "REGISTER "
    $a1 = "response="
  condition:
    $a0 at 0 and $a1
}

rule auth_failures {
  strings:
    $a0 = "SIP/2.0 40"
    $a1 = " REGISTER"
  condition:
    $a0 at 0 and $a1
}

rule auth_spray {
  strings:
    $a0 = "SIP/2.0 40"
    $a1 = " REGISTER"
  condition:
    $a0 at 0 and $a1
}

rule enum_register {
  strings:
    $a0 = "REGISTER "
    $a1 = "response="
  condition:
    $a0 at 0 and $a1
}

rule enum_options {
  strings:
    $a0 = "OPTIONS "
  condition:
    $a0 at 0
}

rule enum_not_found {
  strings:
    $a0 = "SIP/2.0 404"
  condition:
    $a0 at 0
}

rule flood_source {
  strings:
    $a0 = "BYE "
  condition:
    $a0 at 0
}

rule flood_network {
  strings:
    $a0 = "PUBLISH "
  condition:
    $a0 at 0
}

rule flood_register {
  strings:
    $a0 = "REGISTER "
    $a1 = "response="
  condition:
    $a0 at 0 and $a1
}

rule malformed_limit {
  strings:
    $a0 = "SIP/2.0"
  condition:
    filesize > 65535 and $a0
}

rule malformed_unreadable {
  strings:
    $a0 = "SIP/2.0"
  condition:
    not $a0
}

rule malformed_smuggling {
  strings:
    $a0 = /;tag=[^\r\n;]{1,64};tag=/
  condition:
    $a0
}

rule malformed_ambiguous {
  strings:
    $a0 = "Content-Length :" nocase
  condition:
    $a0
}

rule malformed_violation {
  strings:
    $a0 = "Max-Forwards: -"
  condition:
    $a0
}

rule injection_text {
  strings:
    $a0 = "' or " nocase
    $a1 = "' and " nocase
    $a2 = "' union" nocase
    $a3 = /';? ?(drop|delete|insert|update|select) / nocase
    $a4 = /union( |\+)(all )?select/ nocase
    $a5 = "'--"
    $a6 = /; ?(drop|delete|truncate) (table|from) / nocase
    $a7 = /\$\{(jndi|env|sys|lower|upper):/ nocase
    $a8 = /; ?(wget|curl|bash) / nocase
    $a9 = "%n%n"
    $a10 = "%x%x%x%x"
    $a11 = {1b 5b 33}
  condition:
    any of them
}

rule site_agent_word {
  strings:
    $a0 = "voipscan" nocase
  condition:
    $a0
}

rule site_agent_short {
  strings:
    $a0 = /User-Agent: [^\r\n]{1,3}\r/
  condition:
    $a0
}

rule site_agent_library {
  strings:
    $a0 = /User-Agent: (python|go-http|curl|perl|java)[-\/ ]/ nocase
  condition:
    $a0
}

rule site_agent_missing {
  strings:
    $a0 = "REGISTER "
    $a1 = "User-Agent:"
  condition:
    $a0 at 0 and not $a1
}

rule site_branch_cookie {
  strings:
    $a0 = /;branch=[^z;\r\n]/
  condition:
    $a0
}

rule site_branch_short {
  strings:
    $a0 = /branch=[^;\r\n]{1,11}[;\r]/
  condition:
    $a0
}

rule site_call_id_short {
  strings:
    $a0 = /Call-ID: [^\r\n]{1,5}\r/
  condition:
    $a0
}

rule site_call_id_counter {
  strings:
    $a0 = /Call-ID: [0-9]{1,6}\r/
  condition:
    $a0
}

rule site_port_scan {
  strings:
    $a0 = "OPTIONS sip:nm"
  condition:
    $a0 at 0
}

rule site_first_contact {
  strings:
    $a0 = /OPTIONS sip:(100|1000|1001|101|200|9999)@/
  condition:
    $a0
}

rule site_premium {
  strings:
    $a0 = /INVITE sip:\+?(900|1900|44906|44909|49900|33899|8835|881|882)/
  condition:
    $a0
}

rule site_island {
  strings:
    $a0 = /INVITE sip:\+?(1473|1649|1767|1784|1809|1829|1876|2392|247|252|269|290|371|372|375|5037|670|675|677|678|682)/
  condition:
    $a0
}

rule site_prefix_probe {
  strings:
    $a0 = /INVITE sip:(0|9|00|9011|011|810|\+){2,8}[1-9]/
  condition:
    $a0
}

rule site_number_length {
  strings:
    $a0 = /INVITE sip:\+?[0-9]{19}/
  condition:
    $a0
}

rule site_distinct_called {
  strings:
    $a0 = "INVITE sip:+999"
  condition:
    $a0 at 0
}

rule site_distinct_callers {
  strings:
    $a0 = "<sip:+999"
  condition:
    $a0
}

rule site_same_number {
  strings:
    $a0 = "<sip:anonymous@anonymous.invalid"
  condition:
    #a0 > 1
}

rule site_identity_differs {
  strings:
    $a0 = "P-Asserted-Identity:" nocase
    $a1 = "<sip:anonymous@"
  condition:
    all of them
}

rule site_own_number_outside {
  strings:
    $a0 = "sip:+1202555019"
    $a1 = "sip:1202555019"
  condition:
    any of them
}

rule site_tel_from_outside {
  strings:
    $a0 = "INVITE tel:"
  condition:
    $a0 at 0
}

rule site_priority {
  strings:
    $a0 = "Priority: emergency" nocase
  condition:
    $a0
}

rule site_blocked_network {
  strings:
    $a0 = /received=(198\.51\.100\.(6[4-9]|1[01][0-9]|12[0-7])|203\.0\.113\.(19[2-9]|2[01][0-9]|22[0-3]))/
  condition:
    $a0
}

rule site_partner_domain {
  strings:
    $a0 = "@example.net"
    $a1 = "@example.com"
    $a2 = "@example.org"
    $a3 = ".example.net"
    $a4 = ".example.com"
    $a5 = ".example.org"
  condition:
    not any of them
}

rule site_register_outside {
  strings:
    $a0 = "sip:lobby@"
    $a1 = "sip:lift@"
    $a2 = "sip:door@"
    $a3 = "sip:fax@"
  condition:
    any of them
}

rule site_private_contact {
  strings:
    $a0 = "@169.254."
    $a1 = "@127."
  condition:
    any of them
}

rule site_low_port {
  strings:
    $a0 = "INVITE sip:low"
  condition:
    $a0 at 0
}

rule site_tls_only {
  strings:
    $a0 = "INVITE sips:"
  condition:
    $a0 at 0
}

rule site_trunk_rate {
  strings:
    $a0 = "INVITE sip:trunk"
  condition:
    $a0 at 0
}

rule site_inbound_register {
  strings:
    $a0 = "REGISTER sip:trunk"
  condition:
    $a0 at 0
}

rule site_max_forwards {
  strings:
    $a0 = /Max-Forwards: [0-2]\r/
  condition:
    $a0
}

rule site_via_chain {
  strings:
    $a0 = "\r\nVia:"
  condition:
    #a0 > 12
}

rule site_expires_long {
  strings:
    $a0 = /Expires: [0-9]{6}/
  condition:
    $a0
}

rule site_many_contacts {
  strings:
    $a0 = "\r\nContact:"
  condition:
    #a0 > 5
}

rule site_cseq_jump {
  strings:
    $a0 = /CSeq: [2-4][0-9]{9} /
  condition:
    $a0
}

rule site_sdp_agent {
  strings:
    $a0 = "s=SIP Tester"
    $a1 = "o=root 1 1 IN IP4 0.0.0.0"
  condition:
    any of them
}

rule site_body_type {
  strings:
    $a0 = /Content-Type: (text|image|audio)\// nocase
  condition:
    $a0
}

rule site_large_head {
  strings:
    $a0 = "SIP/2.0"
  condition:
    $a0 and filesize > 8000
}

rule site_script_display {
  strings:
    $a0 = /< ?(script|img|svg|iframe)/ nocase
  condition:
    $a0
}

rule site_alert_info {
  strings:
    $a0 = "Alert-Info: <http" nocase
  condition:
    $a0
}

rule site_auth_realm {
  strings:
    $a0 = /realm=\"[^\"]{1,60}\"/
    $a1 = /realm=\"example\.(com|net|org)\"/
  condition:
    $a0 and not $a1
}

rule site_auth_replay {
  strings:
    $a0 = /response=\"0{32}\"/
  condition:
    $a0
}

rule site_message_flood {
  strings:
    $a0 = "MESSAGE "
  condition:
    $a0 at 0
}
