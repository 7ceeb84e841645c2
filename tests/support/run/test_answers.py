import socket
import threading

from support.run.child import answers


def test_a_connection_that_meets_itself_is_no_answer():
    """On Linux this happens where the kernel picks the very port that is asked for, and nobody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def echo() -> None:
            connection, _ = door.accept()
            with connection:
                connection.sendall(connection.recv(65536))

        echoing = threading.Thread(target=echo)
        echoing.start()
        assert answers(f"http://127.0.0.1:{door.getsockname()[1]}/status?token=secret") is False
        echoing.join()
