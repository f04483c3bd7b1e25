# The header value parsers: makes the machines of grammar/*.rl with Ragel at build time and names the sources.
#
# Sets SIPWARD_SIP_VALUE_SOURCES, for sipward_folder(sip ...).
find_program(SIPWARD_RAGEL ragel REQUIRED)

set(sip_grammar_dir ${CMAKE_CURRENT_LIST_DIR})
file(GLOB sip_grammars CONFIGURE_DEPENDS ${sip_grammar_dir}/*.rl)

set(SIPWARD_SIP_VALUE_SOURCES)
foreach(machine IN ITEMS uri absolute_uri name_addr via cseq start_line digest text sdp sdp_attribute)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${machine}_machine.cc)
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${SIPWARD_RAGEL} -G2 -L -I ${sip_grammar_dir} -o ${generated}
            ${sip_grammar_dir}/${machine}_machine.rl
    DEPENDS ${sip_grammars}
    VERBATIM)
  list(APPEND SIPWARD_SIP_VALUE_SOURCES ${generated})
endforeach()

# Grammars of values that are a head and parameters: their machines record nothing and are made of one template.
# Function, grammar, rule.
set(sip_item_machines
  "Token core token"
  "TokenList token_list token_list"
  "TokenListOrNone token_list token_list_or_none"
  "Accept accept Accept"
  "AcceptEncoding accept Accept_Encoding"
  "AcceptLanguage accept Accept_Language"
  "ContentType content Content_Type"
  "ContentDisposition content Content_Disposition"
  "ContentLanguage content Content_Language"
  "MimeVersion content MIME_Version"
  "Event event Event"
  "AllowEvents event Allow_Events"
  "SubscriptionState event Subscription_State"
  "Reason reason Reason"
  "Identity identity Identity"
  "Replaces dialog Replaces"
  "InReplyTo dialog In_Reply_To"
  "SessionExpires session_timer Session_Expires"
  "Rack rack RAck"
  "ResourcePriority resource_priority Resource_Priority"
  "Privacy privacy Privacy"
  "AcceptContact preferences Accept_Contact"
  "Warning warning Warning"
  "Timestamp timestamp Timestamp"
  "AuthenticationInfo authentication_info Authentication_Info"
  "Product product product"
  "RetryParams retry_after retry_params")
foreach(row IN LISTS sip_item_machines)
  string(REPLACE " " ";" row ${row})
  list(GET row 0 function)
  list(GET row 1 grammar)
  list(GET row 2 rule)
  string(TOLOWER item_${function} machine)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${machine}_machine)
  configure_file(${sip_grammar_dir}/item_machine.rl.in ${generated}.rl @ONLY)
  add_custom_command(
    OUTPUT ${generated}.cc
    COMMAND ${SIPWARD_RAGEL} -G2 -L -I ${sip_grammar_dir} -o ${generated}.cc ${generated}.rl
    DEPENDS ${sip_grammars} ${generated}.rl
    VERBATIM)
  list(APPEND SIPWARD_SIP_VALUE_SOURCES ${generated}.cc)
endforeach()

foreach(source IN ITEMS body body_lines body_text call_id cseq cursors date digest display disputed host item_rules item_values items method multipart name_addr number params
                        part_headers percent sdp sdp_attribute sdp_conflicts sdp_fields
                        start_line uri via)
  list(APPEND SIPWARD_SIP_VALUE_SOURCES ${sip_grammar_dir}/../${source}.cc)
endforeach()
