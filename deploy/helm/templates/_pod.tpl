{{- define "support.name" -}}
{{- printf "%s-%s" .Release.Name "support" | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "support.image" -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{- /* Labels that select the pods of one kind: (list $ "web"). */ -}}
{{- define "support.selector" -}}
app.kubernetes.io/name: soocas-support
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- /* The addresses of all Rasas, each by its own name: a conversation keeps its Rasa while that is there. */ -}}
{{- define "support.rasas" -}}
{{- $name := include "support.name" . -}}
{{- range $place := until (int .Values.rasa.replicas) -}}
{{- if $place }} {{ end -}}
http://{{ $name }}-rasa-{{ $place }}.{{ $name }}-rasa:5005
{{- end -}}
{{- end -}}

{{- /* What a pod knows: (list $ "web"). */ -}}
{{- define "support.environment" -}}
{{- $ := index . 0 -}}
{{- if eq (index . 1) "rasa" -}}
env:
  {{- range list "SUPPORT_INTERNAL_TOKEN" "SUPPORT_TRACKER_URL" "SUPPORT_REDIS_URL" "SUPPORT_BROKER_URL" }}
  - name: {{ . }}
    valueFrom: {secretKeyRef: {name: {{ $.Values.secret }}, key: {{ . }}, optional: {{ has . (list "SUPPORT_REDIS_URL" "SUPPORT_BROKER_URL") }}}}
  {{- end }}
  - name: SUPPORT_ORDER_PREFIX
    value: {{ $.Values.settings.SUPPORT_ORDER_PREFIX | default "SC" | quote }}
{{- else -}}
envFrom:
  - secretRef: {name: {{ $.Values.secret }}}
env:
  {{- range $setting, $value := $.Values.settings }}
  - name: {{ $setting }}
    value: {{ $value | toString | quote }}
  {{- end }}
  - name: SUPPORT_RASA_URL
    value: {{ include "support.rasas" $ | quote }}
{{- end }}
  - name: SUPPORT_ACTIONS_URL
    value: http://{{ include "support.name" $ }}-actions:5055
{{- end -}}

{{- /* A pod's spec: (list $ kind port alive ready). Without a port: it runs to its end. */ -}}
{{- define "support.pod" -}}
{{- $ := index . 0 -}}
{{- $kind := index . 1 -}}
{{- $port := index . 2 -}}
{{- $keeps := has $kind (list "web" "mailroom") -}}
enableServiceLinks: false  # Kubernetes would add SUPPORT_…_PORT of its own, which is no setting or another's value
automountServiceAccountToken: false
terminationGracePeriodSeconds: 40  # 5 s until nobody sends any more, 8 s for the turns, and some
{{- with $.Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- if $port }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "support.selector" (list $ $kind) | nindent 8 }}
{{- else }}
restartPolicy: Never
{{- end }}
containers:
  - name: {{ $kind }}
    image: {{ include "support.image" $ }}
    imagePullPolicy: {{ $.Values.image.pullPolicy }}
    args: [run, {{ $kind }}]
    {{- include "support.environment" (list $ $kind) | nindent 4 }}
    resources: {{- toYaml (index $.Values $kind).resources | nindent 6 }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: {drop: [ALL]}
    volumeMounts:
      - {name: tmp, mountPath: /tmp}
      - {name: data, mountPath: /data}
    {{- if $port }}
    ports:
      - {name: http, containerPort: {{ $port }}}
    startupProbe:
      httpGet: {path: {{ index . 3 }}, port: http}
      periodSeconds: 2
      failureThreshold: 90
    livenessProbe:
      httpGet: {path: {{ index . 3 }}, port: http}
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 6
    readinessProbe:
      httpGet: {path: {{ index . 4 | quote }}, port: http}
      periodSeconds: 5
      timeoutSeconds: 5
    lifecycle:
      preStop: {exec: {command: [sleep, "5"]}}
    {{- end }}
volumes:
  - name: tmp
    emptyDir: {}
  - name: data
    {{- if $keeps }}
    persistentVolumeClaim: {claimName: {{ $.Values.data.existingClaim | default (include "support.name" $) }}}
    {{- else }}
    emptyDir: {}
    {{- end }}
{{- end -}}
