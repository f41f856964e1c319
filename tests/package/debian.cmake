# SPDX-License-Identifier: Apache-2.0
include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
file(REMOVE_RECURSE "${WORK_DIR}")
file(MAKE_DIRECTORY "${WORK_DIR}")
execute_process(COMMAND ${CMAKE_CPACK_COMMAND} -G DEB -B "${WORK_DIR}"
                        --config "${BUILD_DIR}/CPackConfig.cmake"
                RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
message(STATUS "${output}")
file(GLOB package "${WORK_DIR}/linchpin_${VERSION}*.deb")
if(NOT code EQUAL 0 OR NOT package)
  message(FATAL_ERROR "no Debian package was made")
endif()

run("${DPKG_DEB}" --contents "${package}")
foreach(path IN ITEMS usr/bin/linchpin usr/share/linchpin/worlds/world-2011/world-2011.nc
        usr/share/linchpin/minerals/production.csv usr/share/linchpin/minerals/uses.csv
        usr/share/linchpin/studies/01-chip-cutoff.toml usr/share/man/man1/linchpin.1
        usr/share/bash-completion/completions/linchpin)
  if(NOT run_output MATCHES "\\./${path}")
    message(FATAL_ERROR "the package holds no ${path}")
  endif()
endforeach()
run("${DPKG_DEB}" --info "${package}")
if(NOT run_output MATCHES "libnetcdf")
  message(FATAL_ERROR "the package does not depend on its libraries")
endif()

# Unpacked (as root it could be installed, but a test must not change the machine) it must run.
run("${DPKG_DEB}" --extract "${package}" "${WORK_DIR}/root")
run("${WORK_DIR}/root/usr/bin/linchpin" table list)
if(NOT run_output MATCHES "world-2011")
  message(FATAL_ERROR "the packaged program does not find its worlds")
endif()
