# The tests of the value parsers, for sipward_test(... SOURCES ...).
set(SIPWARD_SIP_VALUE_TESTS
  values_body_text_test.cc
  values_cursors_test.cc
  values_digest_test.cc
  values_guard_test.cc
  values_item_parts_test.cc
  values_items_test.cc
  values_multipart_test.cc
  values_name_addr_test.cc
  values_numbers_test.cc
  values_sdp_attribute_test.cc
  values_sdp_test.cc
  values_start_line_test.cc
  values_uri_test.cc
  values_via_test.cc)
