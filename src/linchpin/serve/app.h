// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/serve/app_pack.h"
#include "linchpin/serve/catalogue.h"
#include "linchpin/serve/folder_lock.h"
#include "linchpin/serve/guess_limit.h"
#include "linchpin/serve/message.h"
#include "linchpin/serve/request_guard.h"
#include "linchpin/serve/run_queue.h"
#include "linchpin/serve/site.h"
#include "linchpin/serve/world_store.h"

namespace linchpin::serve {

struct AppSettings {
  std::filesystem::path folder = {};                ///< history, results and uploads
  std::filesystem::path data = {};                  ///< shipped data
  std::filesystem::path reader_program = {};        ///< this program
  std::vector<std::string> worlds = {};             ///< files of worlds besides the built-in ones
  std::vector<std::filesystem::path> results = {};  ///< folders of `linchpin run` to show
  Guard guard = {};
  QueueLimits queue = {};
  /// Told when an address has sent too many wrong tokens, with how many; from any thread.
  std::function<void(std::string const& address, std::size_t wrong)> on_guessing = {};
};

/// The server without its sockets: requests in, responses out. `answer` may be called from any
/// thread and lets no exception out.
class App {
 public:
  /// Opens the folder, its history and the worlds; marks runs that a crash cut off.
  /// \error unwritable_output, bad_format  of the folder and its history
  /// \error of WorldStore::make, AppPack::read and import_results
  [[nodiscard]] static Result<std::unique_ptr<App>> open(AppSettings settings);
  App(App const&) = delete;
  App& operator=(App const&) = delete;

  /// Looks at the head of a request: who asks, for what, with how large a body. A response: it is
  /// refused and its body need not be read.
  [[nodiscard]] std::optional<Response> refuse_head(Request const& request, BodyRule& rule);
  /// Precondition: refuse_head() let it in.
  [[nodiscard]] Response answer(Request const& request);

  /// A file for the body of an upload, or nothing if enough come in already; give it back.
  [[nodiscard]] std::optional<std::filesystem::path> take_upload_file();
  void give_back(std::filesystem::path const& upload_file);

  /// The port that was bound, for the check of hosts. Before the first request.
  void set_port(int port) { settings_.guard.port = port; }
  /// Ends runs and streams.
  void stop() { runs_.stop(); }

 private:
  App(AppSettings settings, FolderLock lock, Catalogue catalogue,
      std::unique_ptr<WorldStore> worlds, AppPack pack);
  void count_wrong(Request const& request, std::string_view token);

  AppSettings settings_;
  FolderLock lock_;
  Catalogue catalogue_;
  std::unique_ptr<WorldStore> worlds_;
  RunQueue runs_;
  AppPack pack_;
  Turnstile questions_{most_questions};
  Turnstile checks_{most_checks};
  GuessLimit guesses_;
  std::atomic<int> streams_ = 0;
  std::atomic<int> uploads_ = 0;
  std::atomic<unsigned> upload_number_ = 0;
  Site site_;
};

}  // namespace linchpin::serve
