"""How the chat API says no."""

from django.http import JsonResponse


class ApiError(Exception):
    """An answer in the contract's error shape. message: one sentence; field: the field it is about, if any."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None, retry_after_s: int = 0) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.field = status, code, message, field
        self.retry_after_s = retry_after_s

    def response(self) -> JsonResponse:
        error = {"code": self.code, "message": self.message, "field": self.field}
        response = JsonResponse({"error": error}, status=self.status)
        if self.status == 401:
            response["WWW-Authenticate"] = "Bearer"
        if self.retry_after_s:
            response["Retry-After"] = str(self.retry_after_s)
        return response


def bad(field: str, message: str) -> ApiError:
    return ApiError(400, "invalid", message, field)


UNAUTHORIZED = (401, "unauthorized", "This needs the conversation's token: Authorization: Bearer <token>.")
NOT_FOUND = (404, "not_found", "There is no such thing here.")
