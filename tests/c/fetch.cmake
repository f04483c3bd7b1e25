# Of libsipward-fetch.
foreach(name IN ITEMS arguments_fetch_test fetch_test struct_size_fetch_test)
  sipward_c_test(${name})
  target_link_libraries(c_${name} PRIVATE sipward::fetch)
  target_compile_definitions(c_${name} PRIVATE _DEFAULT_SOURCE)  # addrinfo
endforeach()
set_tests_properties(c_fetch_test PROPERTIES LABELS threads)
if(NOT SIPWARD_SANITIZE)
  add_test(NAME c_fetch_symbols_test COMMAND ${CMAKE_COMMAND}
    -DLIBRARY=$<TARGET_FILE:sipward_fetch_shared> -DNM=${CMAKE_NM}
    -DEXPECTED=${PROJECT_SOURCE_DIR}/bindings/c/symbols_fetch.txt
    -P ${CMAKE_CURRENT_SOURCE_DIR}/symbols_test.cmake)
endif()
