# SPDX-License-Identifier: Apache-2.0
# `cmake --install`, the CMake package for `find_package(linchpin)`, and the Debian package.
include(CMakePackageConfigHelpers)

get_property(stages GLOBAL PROPERTY LINCHPIN_STAGES)
add_library(linchpin_all INTERFACE)
add_library(linchpin::linchpin ALIAS linchpin_all)
target_link_libraries(linchpin_all INTERFACE ${stages})
set_target_properties(linchpin_all PROPERTIES EXPORT_NAME linchpin)
set_target_properties(linchpin_blas PROPERTIES EXPORT_NAME blas)
set_target_properties(linchpin_readstat PROPERTIES EXPORT_NAME readstat)
set_target_properties(linchpin_highway PROPERTIES EXPORT_NAME highway)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/linchpin")
foreach(stage IN LISTS stages)
  set(extra "")
  if(stage STREQUAL "linchpin_core")
    set(extra FILE_SET generated COMPONENT development)
  endif()
  install(TARGETS ${stage} EXPORT linchpinTargets
          ARCHIVE COMPONENT development FILE_SET HEADERS COMPONENT development ${extra})
endforeach()
install(TARGETS linchpin_all linchpin_blas linchpin_readstat linchpin_highway EXPORT linchpinTargets)
install(EXPORT linchpinTargets NAMESPACE linchpin:: DESTINATION "${package_dir}"
        COMPONENT development)
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/linchpinConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/linchpinConfig.cmake"
                              INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/linchpinConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/linchpinConfig.cmake"
              "${PROJECT_BINARY_DIR}/linchpinConfigVersion.cmake"
        DESTINATION "${package_dir}" COMPONENT development)

install(TARGETS linchpin RUNTIME COMPONENT program)
install(FILES data/sources.toml DESTINATION "${CMAKE_INSTALL_DATADIR}/linchpin"
        COMPONENT program)
install(DIRECTORY data/concordance data/minerals data/parameters data/products data/worlds studies DESTINATION "${CMAKE_INSTALL_DATADIR}/linchpin"
        COMPONENT program)
install(FILES docs/man/linchpin.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT program)
install(FILES apps/linchpin/completion/linchpin.bash
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME linchpin
        COMPONENT program)
# The README's links lead into docs/, so that goes along; Debian looks for `copyright`.
install(FILES README.md THIRD_PARTY.md CHANGELOG.md CITATION.cff ARCHITECTURE.md CONTRIBUTING.md
        DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT program)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT program RENAME copyright)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT program)
install(DIRECTORY docs DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT program
        PATTERN man EXCLUDE PATTERN Doxyfile EXCLUDE)

set(CPACK_PACKAGE_CONTACT "Linchpin maintainers <maintainers@linchpin.invalid>")
set(CPACK_PACKAGE_VENDOR "Linchpin")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PACKAGING_INSTALL_PREFIX "/usr")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Without OpenBLAS the program works on the slow reference BLAS, and says so in --version.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS libopenblas0)
include(CPack)
