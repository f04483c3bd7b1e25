#include "io/page_server.h"

#include <microhttpd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "io/socket.h"

namespace sipward::io {
namespace {

constexpr size_t kConnectionBytes = 16384;

struct StopDaemon {
  void operator()(MHD_Daemon* daemon) const { MHD_stop_daemon(daemon); }
};

struct FreeResponse {
  void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};

using Response = std::unique_ptr<MHD_Response, FreeResponse>;

Response MakeResponse(const std::string& body, const std::string& type) {
  // It copies, and changes nothing of what it copies.
  Response made(MHD_create_response_from_buffer(body.size(), const_cast<char*>(body.data()),
                                                MHD_RESPMEM_MUST_COPY));
  if (made != nullptr)
    MHD_add_response_header(made.get(), MHD_HTTP_HEADER_CONTENT_TYPE, type.c_str());
  return made;
}

}  // namespace

struct PageServer::Impl {
  bool Fail(const std::string& why) {
    error = why;
    return false;
  }
  MHD_Result Answer(MHD_Connection* connection, std::string_view url, std::string_view method);
  MHD_Result Refuse(MHD_Connection* connection, unsigned status);
  static MHD_Result OnRequest(void* self, MHD_Connection* connection, const char* url,
                              const char* method, const char* version, const char* body,
                              size_t* body_size, void** seen);

  std::string path, type, error;
  Write write;
  uint16_t port = 0;
  PageStatistics statistics;
  std::unique_ptr<MHD_Daemon, StopDaemon> daemon;  // ends before what it calls
};

MHD_Result PageServer::Impl::Refuse(MHD_Connection* connection, unsigned status) {
  ++statistics.refused;
  const Response response = MakeResponse("Here is " + path + ", for GET.\n", "text/plain");
  if (response == nullptr) return MHD_NO;
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
    MHD_add_response_header(response.get(), MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
  return MHD_queue_response(connection, status, response.get());
}

MHD_Result PageServer::Impl::Answer(MHD_Connection* connection, std::string_view url,
                                    std::string_view method) {
  if (url != path) return Refuse(connection, MHD_HTTP_NOT_FOUND);
  if (method != MHD_HTTP_METHOD_GET && method != MHD_HTTP_METHOD_HEAD)
    return Refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED);
  const Response response = MakeResponse(write(), type);
  if (response == nullptr) return MHD_NO;
  ++statistics.served;
  return MHD_queue_response(connection, MHD_HTTP_OK, response.get());
}

// Called with the head, then with each piece of a body, which is passed over, then to answer.
MHD_Result PageServer::Impl::OnRequest(void* self, MHD_Connection* connection, const char* url,
                                       const char* method, const char* /*version*/,
                                       const char* /*body*/, size_t* body_size, void** seen) {
  if (*seen == nullptr) {
    *seen = self;
    return MHD_YES;
  }
  if (*body_size != 0) {
    *body_size = 0;
    return MHD_YES;
  }
  return static_cast<Impl*>(self)->Answer(connection, url, method);
}

PageServer::PageServer() : impl_(std::make_unique<Impl>()) {}
PageServer::~PageServer() = default;

bool PageServer::Open(const std::string& place, std::string path, std::string type, Write write) {
  std::optional<SocketAddress> address = ParseSocketAddress(place, &impl_->error);
  if (!address) return false;
  Socket listener = ListenAt(*address, SOCK_STREAM);
  if (!listener || !AddressOf(listener, &*address))
    return impl_->Fail(place + ": " + std::strerror(errno));
  impl_->port = PortOf(*address);
  impl_->path = std::move(path);
  impl_->type = std::move(type);
  impl_->write = std::move(write);
  impl_->daemon.reset(MHD_start_daemon(
      MHD_USE_EPOLL, 0, nullptr, nullptr, &Impl::OnRequest, impl_.get(), MHD_OPTION_LISTEN_SOCKET,
      listener.get(), MHD_OPTION_CONNECTION_LIMIT, kMostConnections, MHD_OPTION_CONNECTION_TIMEOUT,
      kPatienceSeconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, kConnectionBytes, MHD_OPTION_END));
  if (impl_->daemon == nullptr)
    return impl_->Fail(place + ": cannot serve HTTP: " + std::strerror(errno));
  listener.Release();  // it closes it itself
  return true;
}

bool PageServer::is_open() const { return impl_->daemon != nullptr; }
uint16_t PageServer::port() const { return impl_->port; }

int PageServer::descriptor() const {
  const MHD_DaemonInfo* info = MHD_get_daemon_info(impl_->daemon.get(), MHD_DAEMON_INFO_EPOLL_FD);
  return info == nullptr ? -1 : info->epoll_fd;
}

void PageServer::Serve() { MHD_run(impl_->daemon.get()); }

const std::string& PageServer::error() const { return impl_->error; }
const PageStatistics& PageServer::statistics() const { return impl_->statistics; }

}  // namespace sipward::io
