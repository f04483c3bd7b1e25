# Of the libraries beside libsipward: libsipward-fetch, libsipward-capture.
foreach(name IN ITEMS arguments_fetch_test fetch_test struct_size_fetch_test)
  sipward_c_test(${name})
  target_link_libraries(c_${name} PRIVATE sipward::fetch)
  target_compile_definitions(c_${name} PRIVATE _DEFAULT_SOURCE)  # addrinfo
endforeach()
set_tests_properties(c_fetch_test PROPERTIES LABELS threads)
if(SIPWARD_WITH_CAPTURE)
  foreach(name IN ITEMS arguments_capture_test capture_test struct_size_capture_test)
    sipward_c_test(${name} ARGUMENTS ${PROJECT_SOURCE_DIR}/examples/captures/first_look.pcap)
    target_link_libraries(c_${name} PRIVATE sipward::capture)
  endforeach()
endif()
if(NOT SIPWARD_SANITIZE)
  foreach(name IN ITEMS fetch capture)
    add_test(NAME c_${name}_symbols_test COMMAND ${CMAKE_COMMAND}
      -DLIBRARY=$<TARGET_FILE:sipward_${name}_shared> -DNM=${CMAKE_NM}
      -DEXPECTED=${PROJECT_SOURCE_DIR}/bindings/c/symbols_${name}.txt
      -P ${CMAKE_CURRENT_SOURCE_DIR}/symbols_test.cmake)
  endforeach()
endif()
