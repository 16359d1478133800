"""The engines behind `verifiers.face_engine.FaceEngine`; rooms are given one, never import one."""
