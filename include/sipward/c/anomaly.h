/* Anomalies: what a message does that it should not, and which of it refuses the message. The rules
 * of sipward.h hold. */
#ifndef SIPWARD_C_ANOMALY_H_
#define SIPWARD_C_ANOMALY_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  SIPWARD_CLASS_VIOLATION = 0,  /* the RFC forbids it, and programs act on that */
  SIPWARD_CLASS_AMBIGUOUS = 1,  /* deployed programs read a security-relevant field differently */
  SIPWARD_CLASS_SUSPICIOUS = 2, /* legal, or a slip that programs read alike; seen in attacks */
  SIPWARD_CLASS_LIMIT = 3       /* more than an option allows */
};

typedef struct sipward_anomaly {
  uint32_t id;
  uint32_t offset; /* of the first byte concerned */
} sipward_anomaly;

typedef struct sipward_anomaly_info {
  uint32_t struct_size;
  uint32_t anomaly_class; /* SIPWARD_CLASS_... */
  sipward_text name;      /* "line.bare_lf": stable */
  sipward_text class_name;
  sipward_text sentence;
  uint32_t refused_in_strict;   /* not 0: refuses a message in this profile */
  uint32_t refused_in_tolerant; /* not 0: and in this one; it cannot be accepted */
} sipward_anomaly_info;

/* Anomalies have ids 0 .. count-1 within one version of the library; names are what is stable. */
SIPWARD_API uint32_t sipward_anomaly_count(void);
SIPWARD_API int32_t sipward_anomaly_describe(uint32_t id, sipward_anomaly_info* out);

/* What refuses a message. A refused message is SIPWARD_ERR_MALFORMED, or SIPWARD_ERR_LIMIT by a
 * limit; whatever a profile accepts is still named. */
enum {
  SIPWARD_PROFILE_TOLERANT = 0, /* what deployed peers send is accepted */
  SIPWARD_PROFILE_STRICT = 1    /* the grammar of the RFC is demanded */
};

/* Changes to a profile: every leniency is a switch with the name of its anomaly. Zero changes
 * nothing. The bits belong to the library that runs: set them with the functions below. */
typedef struct sipward_policy {
  uint32_t accepted[8];
  uint32_t refused[8];
} sipward_policy;

/* `name` no longer refuses. SIPWARD_ERR_ARGUMENT if there is no such anomaly, or if both profiles
 * refuse it: nothing could be relied on behind it. The last call about a name counts. */
SIPWARD_API int32_t sipward_policy_accept(sipward_policy* policy, const char* name,
                                          size_t name_size);
/* `name` refuses. SIPWARD_ERR_ARGUMENT if there is no such anomaly. */
SIPWARD_API int32_t sipward_policy_refuse(sipward_policy* policy, const char* name,
                                          size_t name_size);

/* All anomalies: name, class, what the profiles do (strict/tolerant), and why it matters. Where
 * they differ, the anomaly is a leniency of `tolerant`.
 *
 * line.bare_lf  suspicious, refuse/accept
 *     A line ends in LF without CR; most programs end the line there; where others lose a header
 *     that says who calls whom, line.swallowed stands beside it.
 * line.swallowed  ambiguous, accept/accept
 *     A bare LF stands in the start line, in a header that says who calls whom or before one:
 *     programs that end lines in CRLF alone read it as part of the line before.
 * line.bare_cr  ambiguous, refuse/accept
 *     A CR stands without LF; some programs begin a new header there.
 * line.nul  ambiguous, refuse/accept
 *     A NUL octet stands outside a quoted pair; programs in C stop reading there.
 * line.ctl  suspicious, refuse/accept
 *     A control character other than TAB stands in the start line or a header outside a quoted
 *     pair.
 * line.escaped_ctl  suspicious, accept/accept
 *     A control character stands in a quoted pair: legal, and unheard of in telephones.
 * line.leading_crlf  ambiguous, accept/accept
 *     Empty lines stand before the start line: a receiver skips them (RFC 3261 section 7.5), and
 *     some programs refuse the message.
 * line.trailing_space  violation, refuse/accept
 *     White space stands at the end of the start line.
 * line.unterminated  violation, refuse/accept
 *     The message ends before the empty line that ends its headers.
 * start.malformed  violation, refuse/refuse
 *     The first line is neither a request line nor a status line.
 * start.version  violation, refuse/refuse
 *     The version is not SIP/2.0.
 * start.version_disputed  ambiguous, accept/accept
 *     A request names another version than SIP/2.0, or an answer something that is no number: some
 *     programs act on it all the same.
 * start.version_case  ambiguous, accept/accept
 *     The version is SIP/2.0 in other letters than upper case: legal, and some programs refuse it.
 * start.whitespace  violation, refuse/accept
 *     The parts of the start line are not separated by exactly one space.
 * start.method_case  ambiguous, accept/accept
 *     The method is a known one in other letters than upper case: methods are case-sensitive, and
 *     some programs fold them.
 * start.reason_missing  violation, refuse/accept
 *     The status code is not followed by a space and a reason phrase (which may be empty).
 * start.reason_malformed  suspicious, refuse/accept
 *     The reason phrase holds a character that its grammar leaves out, or a percent sign that
 *     escapes nothing.
 * start.status_range  violation, refuse/refuse
 *     The status code is not three digits from 100 to 699.
 * header.name_invalid  violation, refuse/accept
 *     A header line has no colon, or its name is not a token.
 * header.space_before_colon  suspicious, accept/accept
 *     White space stands between a header's name and its colon: legal in SIP, and a way to smuggle
 *     a header past a proxy.
 * header.fold  suspicious, accept/accept
 *     A header value goes on in the next line: legal, deprecated, and read differently by programs
 *     that work line by line.
 * header.fold_blank  ambiguous, accept/accept
 *     A folded line holds white space alone; some programs take it for the end of the headers.
 * header.fold_trailing  suspicious, accept/accept
 *     A header ends in a folded line of white space alone; what it says is the same without.
 * header.fold_first  ambiguous, refuse/accept
 *     The first line after the start line begins with white space: no header is there that it could
 *     continue.
 * header.fold_identity  ambiguous, accept/accept
 *     An Identity header is folded; verifiers that do not unfold compute another token.
 * header.tab  ambiguous, accept/accept
 *     A TAB stands where a space is usual: it begins a folded line, or stands before or in the
 *     value of a header that says who calls whom; it is white space like any other, and some
 *     programs know the space alone.
 * header.too_many  limit, refuse/refuse
 *     More headers than the limit allows.
 * header.value_too_long  limit, refuse/refuse
 *     A header value is longer than the limit allows.
 * header.too_many_values  limit, refuse/refuse
 *     A header holds more values than the limit allows.
 * header.duplicate_singleton  ambiguous, refuse/accept
 *     A header that may stand once stands more than once; one program takes the first, another the
 *     last.
 * header.compact_and_long  suspicious, accept/accept
 *     The same header stands in its compact and in its long form.
 * header.empty  suspicious, accept/accept
 *     A header has no value.
 * header.empty_value  suspicious, refuse/accept
 *     A list of addresses holds or ends in an empty value; programs pass over it.
 * header.missing_mandatory  violation, refuse/refuse
 *     A header that every message must have is missing (Via, From, To, Call-ID, CSeq).
 * header.value_malformed  violation, refuse/accept
 *     A value does not follow the grammar of its header.
 * product.malformed  suspicious, refuse/accept
 *     User-Agent or Server is not made of products and comments: honest devices do that, and tools
 *     show themselves by it.
 * comment.too_deep  limit, refuse/refuse
 *     Comments nest deeper than the limit allows.
 * message.too_long  limit, refuse/refuse
 *     The message is longer than the limit allows.
 * content_length.missing_on_stream  violation, refuse/refuse
 *     A message on a stream has no Content-Length: nobody can tell where it ends.
 * content_length.duplicate  ambiguous, refuse/accept
 *     Content-Length stands more than once, with the same value.
 * content_length.conflict  ambiguous, refuse/refuse
 *     Content-Length stands more than once, with different values: a message can be hidden in the
 *     difference.
 * content_length.not_digits  violation, refuse/refuse
 *     Content-Length is not a row of digits.
 * content_length.overflow  ambiguous, refuse/refuse
 *     Content-Length does not fit in 32 bits; programs that truncate it find another end of the
 *     message.
 * content_length.beyond_datagram  suspicious, refuse/accept
 *     Content-Length is larger than the rest of the datagram.
 * content_length.body_cut  ambiguous, accept/accept
 *     A body ends before its Content-Length: some programs refuse the message, some read what is
 *     there.
 * content_length.short_of_datagram  suspicious, accept/accept
 *     Octets follow the end of the body, which a receiver must discard (RFC 3261 section 18.3) and
 *     some read as body.
 * content_length.hidden_message  ambiguous, accept/accept
 *     What follows the end of the body begins like a message of its own; some programs process it.
 * content_type.missing  suspicious, accept/accept
 *     A body has no Content-Type to say what it is (RFC 3261 section 7.4.1): programs take it for
 *     what they expect, or for nothing.
 * cseq.malformed  violation, refuse/refuse
 *     CSeq is not a number, white space and a method.
 * cseq.overflow  violation, refuse/accept
 *     The CSeq number is 2^32 or more.
 * cseq.initial_range  suspicious, accept/accept
 *     The CSeq number of a request that starts a dialog or stands alone is 2^31 or more.
 * cseq.method_mismatch  violation, refuse/accept
 *     The method in CSeq is not the method of the request.
 * cseq.method_case  ambiguous, refuse/accept
 *     The method in CSeq differs from the request's in the case of its letters alone.
 * max_forwards.range  suspicious, refuse/accept
 *     Max-Forwards is not a number from 0 to 255.
 * max_forwards.missing  suspicious, accept/accept
 *     A request has no Max-Forwards: the rule of RFC 3261 section 8.1.1, and unknown to older
 *     programs.
 * expires.range  suspicious, refuse/accept
 *     Expires is not a number from 0 to 2^32-1; where it is none at all, number.malformed stands
 *     beside it.
 * number.overflow  violation, refuse/accept
 *     A number is larger than its field allows.
 * number.malformed  violation, refuse/accept
 *     A field that must be a number is not one; some programs refuse the message, some never look.
 * date.malformed  violation, refuse/accept
 *     Date is not an RFC 1123 date in GMT.
 * call_id.malformed  violation, refuse/accept
 *     Call-ID is not a word, or two words joined by an at sign; some programs end it at the odd
 *     octet, others take any.
 * call_id.disputed  ambiguous, accept/accept
 *     Call-ID is empty, begins with an at sign or holds white space at its at sign or a fold:
 *     programs refuse it, trim it or keep it.
 * via.malformed  violation, refuse/accept
 *     A Via does not follow the grammar.
 * via.protocol  suspicious, refuse/accept
 *     The protocol in a Via is not SIP/2.0; in the topmost some programs refuse it (via.malformed).
 * via.no_branch  suspicious, accept/accept
 *     The topmost Via has no branch: transactions are matched by the rules of RFC 2543, as RFC 3261
 *     section 17.2.3 provides.
 * via.branch_lost  ambiguous, accept/accept
 *     The topmost Via has no branch, but other parameters or a Via behind it in its line that has
 *     one: no Via of RFC 2543, and some programs refuse it.
 * via.branch_not_rfc3261  suspicious, accept/accept
 *     The branch of the topmost Via does not begin with z9hG4bK.
 * via.branch_empty  ambiguous, accept/accept
 *     The branch of the topmost Via is the magic cookie alone: all such transactions look the same.
 * via.too_many  limit, refuse/refuse
 *     More Via values than the limit allows.
 * via.disputed  ambiguous, accept/accept
 *     A Via is written where programs part: a transport that begins with no letter, a received that
 *     is no address, white space at the end of its line: some refuse the message, others drop the
 *     header.
 * via.unknown_transport  suspicious, accept/accept
 *     The transport in a Via is none that is registered.
 * uri.malformed  suspicious, refuse/accept
 *     A URI does not follow its grammar; where that divides programs, uri.disputed stands beside
 *     it.
 * uri.two_at  suspicious, refuse/accept
 *     A URI holds two at signs; programs disagree which one ends the user (uri.disputed).
 * uri.no_brackets_comma  ambiguous, refuse/accept
 *     A URI outside angle brackets holds a comma: it may be read as two values.
 * uri.no_brackets_question  ambiguous, refuse/accept
 *     A URI outside angle brackets holds a question mark: the rest may be read as URI headers or
 *     not.
 * uri.headers_in_request_uri  suspicious, refuse/accept
 *     The Request-URI carries URI headers, which it may not.
 * uri.brackets_in_request_uri  violation, refuse/accept
 *     The Request-URI stands in angle brackets.
 * uri.whitespace  suspicious, refuse/accept
 *     White space stands inside a URI or its angle brackets; where that divides programs,
 *     uri.disputed stands beside it.
 * uri.percent_nul  suspicious, accept/accept
 *     A URI holds %00: where programs in C see a shorter user or host after unescaping,
 *     uri.disputed stands beside it.
 * uri.percent_ctl  suspicious, accept/accept
 *     A URI holds an escaped control character.
 * uri.percent_at  suspicious, accept/accept
 *     A URI holds an escaped at sign: programs that unescape before they split see another host.
 * uri.bad_escape  violation, refuse/accept
 *     A percent sign in a URI is not followed by two hexadecimal digits.
 * uri.port_range  suspicious, refuse/accept
 *     A port is not a number from 1 to 65535; where that divides programs, uri.disputed stands
 *     beside it.
 * uri.ipv6_bad  suspicious, refuse/accept
 *     An IPv6 address is malformed or stands without brackets; where that divides programs,
 *     uri.disputed stands beside it.
 * uri.host_bad  suspicious, refuse/accept
 *     A host is neither a name nor an address; where that divides programs, uri.disputed stands
 *     beside it.
 * uri.user_ambiguous  suspicious, accept/accept
 *     The user of a URI holds a semicolon, question mark, slash or comma: legal, and cut short by
 *     some programs.
 * uri.unknown_scheme  suspicious, accept/accept
 *     A URI has a scheme other than sip, sips, tel or urn.
 * uri.disputed  ambiguous, accept/accept
 *     A URI or the host of a Via is written where programs part: no scheme or one not of letters
 *     alone, an empty password or host, a NUL in the user, a delimiter, escape or white space in
 *     the host, a bad or padded port: some refuse it, others read another user or host.
 * uri.param_malformed  suspicious, refuse/accept
 *     A parameter of a URI does not follow the grammar; programs keep it as it is.
 * uri.too_long  limit, refuse/refuse
 *     A URI is longer than the limit allows.
 * injection.crlf_escaped  suspicious, accept/accept
 *     A URI holds an escaped CR or LF: a header is born when it is unescaped into a message or a
 *     log.
 * nameaddr.malformed  violation, refuse/accept
 *     An address does not follow the grammar.
 * header.comment  suspicious, refuse/accept
 *     A comment in round brackets stands behind a URI or parameter, where the grammar has none;
 *     programs pass over it.
 * nameaddr.unclosed  ambiguous, refuse/accept
 *     An angle bracket is not closed.
 * nameaddr.quote_unbalanced  ambiguous, refuse/accept
 *     A quoted string is not closed.
 * nameaddr.display_contains_uri  suspicious, accept/accept
 *     A display name looks like a URI: what people read is not what is called.
 * nameaddr.display_number  suspicious, accept/accept
 *     A display name is a telephone number other than the user of the URI.
 * contact.star_mixed  violation, refuse/accept
 *     Contact is a star together with other values or parameters.
 * tag.missing  suspicious, accept/accept
 *     From has no tag, as in RFC 2543; programs read the same in the rest.
 * tag.duplicate  ambiguous, refuse/accept
 *     A From or To has more than one tag; the dialog is another one for another program.
 * param.malformed  violation, refuse/accept
 *     A parameter does not follow the grammar.
 * param.value  suspicious, refuse/accept
 *     A parameter has a value that its own grammar leaves out (a q, received, maddr or ttl, a
 *     colon, slash or bracket in a token), which most programs take as it is.
 * param.duplicate  suspicious, refuse/accept
 *     A parameter stands twice in one value; which one counts is the choice of whoever asks for it.
 * param.too_many  limit, refuse/refuse
 *     A value has more parameters than the limit allows.
 * digest.malformed  suspicious, refuse/accept
 *     Digest credentials or a challenge do not follow the grammar.
 * digest.disputed  ambiguous, accept/accept
 *     Credentials or a challenge have no scheme that white space ends, or a quote that is not
 *     closed: some programs refuse the message, others never look.
 * digest.duplicate_param  ambiguous, refuse/accept
 *     A digest parameter stands twice.
 * digest.no_equals  violation, refuse/accept
 *     A digest parameter has no equals sign.
 * digest.qop_without_nc  suspicious, accept/accept
 *     Credentials name a qop but no nonce count or no cnonce.
 * digest.realm_missing  suspicious, refuse/accept
 *     Digest credentials or a challenge have no realm.
 * digest.unknown_scheme  suspicious, accept/accept
 *     The authentication scheme is not Digest.
 * utf8.invalid  suspicious, refuse/accept
 *     The start line or a header is not valid UTF-8.
 * utf8.bidi  suspicious, accept/accept
 *     Text holds a character that reverses the direction of writing: what people read is not what
 *     is there.
 * utf8.zero_width  suspicious, accept/accept
 *     Text holds a character without width: two names look the same and differ.
 * body.multipart_unterminated  violation, accept/accept
 *     A multipart body has no closing boundary.
 * body.multipart_no_boundary  violation, accept/accept
 *     A multipart content type names no boundary, or the body does not hold it.
 * body.multipart_boundary_prefix  ambiguous, accept/accept
 *     A line begins with the boundary and goes on; some programs end the part there and some do
 *     not.
 * body.multipart_bare_lf  ambiguous, accept/accept
 *     A boundary or a header of a part ends in LF without CR; some programs see no boundary there.
 * body.part_header_malformed  violation, accept/accept
 *     A header line of a part has no colon, or its name is not a token.
 * body.part_header_duplicate  ambiguous, accept/accept
 *     A header that says what a part is stands twice in it; one program takes the first, another
 *     the last.
 * body.too_many_parts  limit, refuse/refuse
 *     A multipart body has more parts than the limit allows.
 * body.too_deep  limit, refuse/refuse
 *     Multipart bodies are nested deeper than the limit allows.
 * body.encoded  suspicious, accept/accept
 *     A body or part is encoded: its octets are not read here, and programs that ignore the
 *     encoding read them as they are.
 * body.text_invalid  violation, accept/accept
 *     Text of a body holds octets that its charset does not have.
 * body.text_control  suspicious, accept/accept
 *     Text of a body holds a control character that does not lay out text.
 * body.charset_unknown  suspicious, accept/accept
 *     The charset of a text is none that is known here: its octets are not judged.
 * sdp.nul  suspicious, accept/accept
 *     A NUL octet stands in a session description.
 * sdp.malformed  suspicious, accept/accept
 *     A line of a session description is not a letter, an equals sign and a value.
 * sdp.overflow  suspicious, accept/accept
 *     A number in a session description is larger than its field allows.
 * sdp.missing_line  suspicious, accept/accept
 *     A session description lacks a line that it must have (v, o, s, t; c for every medium).
 * sdp.order  suspicious, accept/accept
 *     The lines of a session description are not in the order of RFC 8866.
 * sdp.bare_cr  suspicious, accept/accept
 *     A CR stands without LF in a session description; some programs begin a new line there.
 * sdp.field_malformed  suspicious, accept/accept
 *     A field of a session description (v, o, c, b, t, m) does not follow its grammar.
 * sdp.attribute_malformed  suspicious, accept/accept
 *     An attribute of a session description does not follow its grammar.
 * sdp.attribute_conflict  ambiguous, accept/accept
 *     An attribute that holds once for its medium stands twice and says two things; one program
 *     takes the first, another the last.
 * sdp.fingerprint_conflict  ambiguous, accept/accept
 *     A medium has two fingerprints of one hash function: legal, and a program that keeps one of
 *     them trusts another certificate.
 * sdp.address_bad  suspicious, accept/accept
 *     An address in a session description is neither an address of its type nor a name.
 * sdp.address_brackets  suspicious, accept/accept
 *     An IPv6 address in a session description stands in brackets, which belong in URIs.
 * sdp.duplicate  ambiguous, accept/accept
 *     Two parts of a body are session descriptions for the same purpose; programs disagree which
 *     one they use.
 * sdp.too_many_media  limit, refuse/refuse
 *     A session description has more media than the limit allows.
 * sdp.too_many_attributes  limit, refuse/refuse
 *     A session description has more attributes or bandwidths than the limit allows.
 */

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_ANOMALY_H_ */
