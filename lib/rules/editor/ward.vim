" sipward rules: written by make_grammars.py out of the language's tables
if exists("b:current_syntax")
  finish
endif
setlocal iskeyword+=.
syntax keyword wardKeywordControl version import mode const define list rule override
syntax keyword wardKeywordControl profile test
highlight default link wardKeywordControl Statement
syntax keyword wardKeywordOtherClause meta on where let when then for given
syntax keyword wardKeywordOtherClause expect evidence severity why ref file value dynamic
syntax keyword wardKeywordOtherClause nocase pack enforce report off strong any
highlight default link wardKeywordOtherClause Keyword
syntax keyword wardKeywordOtherPart by over within half_life if reset of burst
syntax keyword wardKeywordOtherPart max to repeat every after before at event
syntax keyword wardKeywordOtherPart proven
highlight default link wardKeywordOtherPart Keyword
syntax keyword wardKeywordOperatorWord and or not in
highlight default link wardKeywordOperatorWord Operator
syntax keyword wardSupportFunctionAction add alert allow ban capture challenge drop flag
syntax keyword wardSupportFunctionAction hold reject score tag throttle
highlight default link wardSupportFunctionAction Special
syntax keyword wardSupportFunctionAggregate rate count distinct sum avg min max ratio
syntax keyword wardSupportFunctionAggregate concurrent run last first_seen since bucket zscore burst
highlight default link wardSupportFunctionAggregate Function
syntax keyword wardSupportFunction anomaly branch contains digits ends_with equals_nocase has header
syntax keyword wardSupportFunction hour int len lower matches matches_nocase number prefix
syntax keyword wardSupportFunction product starts_with suffix version version_less weekday
highlight default link wardSupportFunction Function
syntax keyword wardSupportTypeEvent request response auth register call_start call_answer call_end media_change
syntax keyword wardSupportTypeEvent cdr tick
highlight default link wardSupportTypeEvent Type
syntax keyword wardStorageType auth_reason bool cidr direction domain duration exact float
syntax keyword wardStorageType identity_reason identity_result int ip method money number number_type
syntax keyword wardStorageType pattern prefix result string time transport
highlight default link wardStorageType Type
syntax keyword wardConstantLanguage true false info low medium high critical udp
syntax keyword wardConstantLanguage tcp tls ws wss sctp unknown inbound outbound
syntax keyword wardConstantLanguage success fail challenged unspecified wrong_password unknown_user forged_nonce stale_nonce
syntax keyword wardConstantLanguage replayed_nonce no_credentials pending none failed verified INVITE ACK
syntax keyword wardConstantLanguage BYE CANCEL REGISTER OPTIONS INFO PRACK SUBSCRIBE NOTIFY
syntax keyword wardConstantLanguage UPDATE MESSAGE REFER PUBLISH NOT_CHECKED OK NO_IDENTITY PPT_UNSUPPORTED
syntax keyword wardConstantLanguage IAT_STALE IAT_FUTURE DATE_STALE DIV_CHAIN_TIME X5U_SCHEME X5U_PORT X5U_COMPONENT X5U_ADDRESS_DENIED
syntax keyword wardConstantLanguage X5U_REDIRECT X5U_TOO_LARGE X5U_TIMEOUT X5U_RATE CERT_UNAVAILABLE CERT_MALFORMED CERT_HAS_PRIVATE_KEY CERT_KEY_ALG
syntax keyword wardConstantLanguage CERT_KEY_USAGE CERT_IS_CA CERT_EKU CERT_POLICY CERT_EXPIRED CERT_NOT_YET_VALID CERT_CRITICAL_EXT CERT_REVOKED
syntax keyword wardConstantLanguage CHAIN_UNTRUSTED CHAIN_CA_FALSE CHAIN_PATHLEN CHAIN_NAME_CONSTRAINT CHAIN_TOO_DEEP CHAIN_WEAK_ALG TNAUTH_MISSING TNAUTH_MALFORMED
syntax keyword wardConstantLanguage TNAUTH_PROFILE TNAUTH_NOT_COVERED TNAUTH_NOT_ENCOMPASSED TNAUTH_BY_REFERENCE CLAIM_CONSTRAINT CONSTRAINT_MALFORMED CRL_MALFORMED CRL_SIGNATURE
syntax keyword wardConstantLanguage CRL_STALE CRL_UNKNOWN HEADER_SYNTAX HEADER_TOO_LARGE HEADER_PARAM_DUP INFO_MISSING INFO_X5U_MISMATCH IDENTITY_COUNT
syntax keyword wardConstantLanguage COMPACT_FORM_REFUSED JWS_MALFORMED B64_INVALID B64_NONCANONICAL JSON_SYNTAX JSON_UTF8 JSON_CONTROL JSON_DUP_KEY
syntax keyword wardConstantLanguage JSON_DEPTH JSON_LIMIT ALG_UNSUPPORTED TYP_INVALID X5U_MISSING PPT_MISMATCH CRIT_UNSUPPORTED IAT_MISSING
syntax keyword wardConstantLanguage IAT_TYPE ORIG_MISSING ORIG_TYPE ORIG_MISMATCH DEST_MISSING DEST_TYPE DEST_LIMIT DEST_MISMATCH
syntax keyword wardConstantLanguage TN_NOT_CANONICAL ATTEST_INVALID ORIGID_INVALID DIV_MISSING DIV_TYPE DIV_NO_BASE DIV_ORIG_MISMATCH DIV_CHAIN_BROKEN
syntax keyword wardConstantLanguage OPT_INVALID RPH_INVALID RPH_MISMATCH RCD_INVALID RCDI_INVALID RCDI_MISMATCH CRN_INVALID SPH_INVALID
syntax keyword wardConstantLanguage MSGI_INVALID MSGI_MISMATCH MKY_INVALID MKY_MISMATCH EXT_UNBOUND SIG_LENGTH SIG_RANGE SIG_INVALID
syntax keyword wardConstantLanguage ORIG_SOURCE_MISSING REPLAY INTERNAL OTHER no_number unallocated fixed mobile
syntax keyword wardConstantLanguage fixed_or_mobile premium toll_free shared_cost voip personal pager uan
syntax keyword wardConstantLanguage voicemail satellite emergency
highlight default link wardConstantLanguage Constant
syntax keyword wardVariableLanguage src.ip src.net src.host src.port src.registered src.authenticated dst.ip dst.host
syntax keyword wardVariableLanguage dst.net dst.port client.host transport direction account trunk time
syntax keyword wardVariableLanguage method method.text code reason message.size body.size body header.count
syntax keyword wardVariableLanguage header.order malformed anomaly.violations anomaly.ambiguities anomaly.suspicions anomaly.limits emergency call.known
syntax keyword wardVariableLanguage call.party call.replayed in_dialog ruri ruri.scheme ruri.user ruri.host ruri.digits
syntax keyword wardVariableLanguage from.uri from.user from.host from.display from.tag from.digits to.uri to.user
syntax keyword wardVariableLanguage to.host to.display to.tag to.digits contact.uri contact.user contact.host contact.count
syntax keyword wardVariableLanguage pai.uri pai.user call_id cseq.number cseq.method max_forwards expires content_type
syntax keyword wardVariableLanguage user_agent server subject priority via.count via.branch via.host via.port
syntax keyword wardVariableLanguage via.transport auth.present auth.scheme auth.user auth.realm auth.nonce auth.uri auth.response
syntax keyword wardVariableLanguage auth.algorithm auth.qop auth.nc result reason aor caller.number caller.name
syntax keyword wardVariableLanguage callee.number dialled answered duration ring setup ended_by cost
syntax keyword wardVariableLanguage price media.ip media.secure media.before media.downgraded identity.result identity.reason identity.attest
syntax keyword wardVariableLanguage identity.origid identity.spc identity.verstat identity.age identity.div_count engine.pressure
highlight default link wardVariableLanguage Identifier
syntax match wardNumber /\<\(0x\x\+\|\d\+\(\.\d\+\)\?\(ms\|s\|m\|h\|d\)\?\)\>/
highlight default link wardNumber Number
syntax match wardEscape /\\\(x\x\x\|[\"\\nrt]\)/ contained
highlight default link wardEscape SpecialChar
syntax region wardString start=/\"/ skip=/\\./ end=/\"\|$/ contains=wardEscape
highlight default link wardString String
syntax match wardComment /#.*$/
highlight default link wardComment Comment
let b:current_syntax = "ward"
