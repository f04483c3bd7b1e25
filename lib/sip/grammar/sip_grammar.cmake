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

foreach(source IN ITEMS body body_lines body_text call_id cseq cursors date digest display host method multipart name_addr number params
                        part_headers percent sdp sdp_attribute sdp_conflicts sdp_fields
                        start_line uri via)
  list(APPEND SIPWARD_SIP_VALUE_SOURCES ${sip_grammar_dir}/../${source}.cc)
endforeach()
